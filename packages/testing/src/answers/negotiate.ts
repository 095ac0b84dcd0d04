import { notAcceptable, notProduced } from "../exchange/refusal.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { parseAccept } from "./accept.ts";
import type { AnswerEncoding } from "./encoding.ts";

/** The shapes that the API machinery has for any object. */
const shapes = ["Table", "PartialObjectMetadata", "PartialObjectMetadataList"] as const;

/** What an object is shown as instead of itself. */
export interface ShownAs {
  readonly kind: (typeof shapes)[number];
  /** Of meta.k8s.io. */
  readonly version: "v1" | "v1beta1";
}

/** What an answer is written as. */
export interface Form {
  readonly encoding: AnswerEncoding;
  readonly pretty: boolean;
  /** Undefined for objects as they are. */
  readonly as: ShownAs | undefined;
}

/** What may be asked for. */
export interface Choices {
  /** The first is for whoever does not care. */
  readonly encodings: readonly AnswerEncoding[];
  /** Which shapes there are, beside the objects' own. */
  readonly shapes: readonly ShownAs["kind"][];
  readonly watching: boolean;
}

/** Every shape; what has no columns has no Table. */
export function shapesOf({ columns }: { readonly columns?: readonly unknown[] }): Choices["shapes"] {
  return columns === undefined ? shapes.filter((shape) => shape !== "Table") : shapes;
}

/**
 * The first thing that a request asks for and the server has (k8s.io/apiserver pkg/endpoints/handlers/negotiation).
 * @throws Refusal, 406, if there is none
 */
export function negotiate(request: ServerRequest, choices: Choices): Form {
  const header = request.headers.get("accept") ?? "";
  const asked = wantsPretty(request);
  const [first] = choices.encodings;
  if (header === "" && first !== undefined) return { encoding: first, pretty: asked, as: undefined };
  for (const { type, subtype, parameters } of parseAccept(header)) {
    for (const encoding of choices.encodings) {
      const [ownType, ownSubtype] = encoding.mediaType.split("/");
      if (!(type === ownType && (subtype === ownSubtype || subtype === "*")) && !(type === "*" && subtype === "*"))
        continue;
      const as = shapeIn(parameters, encoding, choices);
      if (as === "none") continue;
      if (choices.watching && encoding.watchType === undefined) throw noneOf(watchTypes(choices.encodings));
      return { encoding, pretty: asked || parameters.get("pretty") === "1", as };
    }
  }
  throw noneOf(mediaTypes(choices.encodings));
}

/**
 * What comes before it, while the server looks for what is behind a path: one of the ranges must be a media type of the path, word for
 * word, or any. @throws Refusal, 406
 */
export function checkProduced(request: ServerRequest, types: readonly string[]): void {
  const header = request.headers.get("accept") ?? "";
  if (header === "") return;
  const ranges = header.split(",").map((range) => range.split(";")[0]!.trim());
  if (!ranges.some((range) => range === "*/*" || types.includes(range))) throw notProduced(types);
}

/** The shape that a range's parameters ask for; `none` if they ask for what there is not. */
function shapeIn(
  parameters: ReadonlyMap<string, string>,
  encoding: AnswerEncoding,
  choices: Choices,
): ShownAs | undefined | "none" {
  const stream = parameters.get("stream");
  if (stream !== undefined && (stream !== "watch" || encoding.watchType === undefined)) return "none";
  const serverVersion = parameters.get("sv");
  if (serverVersion !== undefined && (choices.shapes.length === 0 || serverVersion !== "v1")) return "none";
  const [as, group, version] = ["as", "g", "v"].map((name) => parameters.get(name));
  if (as === undefined && group === undefined && version === undefined) return undefined;
  const kind = choices.shapes.find((shape) => shape === as);
  if (kind === undefined || group !== "meta.k8s.io" || (version !== "v1" && version !== "v1beta1")) return "none";
  return kind === "Table" && !encoding.tables ? "none" : { kind, version };
}

/** `pretty` in the query decides; otherwise it is for the browsers and tools of people. */
function wantsPretty({ query, headers }: ServerRequest): boolean {
  const asked = new URLSearchParams(query).get("pretty") ?? "";
  if (asked !== "") return /^(?:1|t|true)$/i.test(asked);
  return /^(?:curl|Wget|Mozilla\/5\.0)/.test(headers.get("user-agent") ?? "");
}

function noneOf(types: readonly string[]): Error {
  return notAcceptable(`only the following media types are accepted: ${types.join(", ")}`);
}

/** What objects can be answered in. */
export function mediaTypes(encodings: readonly AnswerEncoding[]): readonly string[] {
  return encodings.map(({ mediaType }) => mediaType);
}

/** What watches can be answered in, as the server names it. */
export function watchTypes(encodings: readonly AnswerEncoding[]): readonly string[] {
  return encodings.flatMap(({ mediaType, watchType }) =>
    watchType === undefined ? [] : [`${mediaType};stream=watch`],
  );
}
