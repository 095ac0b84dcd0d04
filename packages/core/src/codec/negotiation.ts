import { isStatusError } from "../errors/guards.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import { isBeyondSchema } from "./beyond-schema.ts";
import type { Codec, Representation } from "./codec.ts";
import { carrying } from "./content.ts";
import type { Encoding } from "./encoding.ts";
import type { EncodingOptions } from "./encoding-options.ts";
import { jsonContent } from "./json/asking.ts";
import { json } from "./json/json.ts";
import type { Proposal } from "./proposal.ts";

/** A resource; it stands for its subresources, and for all namespaces. */
interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** What the write of a value proposes; `field` names the value in errors. */
type ProposeWrite = (value: unknown, field: string) => Proposal;

/** Says which calls propose protobuf, and remembers for which resources that was of no use. */
export interface Negotiation {
  /** What a read proposes; undefined where it asks for JSON alone. `as`: what the objects are shown as. */
  reading(resource: Resource, verb: string, as: Representation | undefined): Proposal | undefined;
  /** What a write proposes, of an object whose kind is in an API group; undefined where it sends JSON. */
  writing(resource: Resource, group: string): ProposeWrite | undefined;
}

/** Of a cluster that has no protobuf. */
export const jsonAlone: Negotiation = { reading: () => undefined, writing: () => undefined };

/** Of a cluster that has it. `warn` is told once of each resource that is read as JSON after all. */
export function createNegotiation(
  protobuf: Encoding,
  { read, write }: EncodingOptions,
  warn: (text: string) => void,
): Negotiation {
  const readAsJson = new Set<string>();
  const writtenAsJson = new Set<string>();
  // For one object, loading the codec costs more than it saves.
  const asks = (verb: string): boolean => (read === undefined ? verb !== "get" : read === "protobuf");
  return {
    reading(resource, verb, as) {
      const range = asks(verb) ? protobuf.accept(as, resource.group) : undefined;
      if (range === undefined) return undefined;
      // Of metadata the schema may know all where it does not know all of the objects.
      const name = as === undefined ? nameOf(resource) : `metadata of ${nameOf(resource)}`;
      if (readAsJson.has(name)) return undefined;
      return readProposal(protobuf, `${range},${json.accept(as, resource.group)}`, (why) => {
        if (!readAsJson.has(name)) warn(`From now on, ${name} are read as JSON: ${why}`);
        readAsJson.add(name);
      });
    },
    writing(resource, group) {
      const name = nameOf(resource);
      const proposed = write === "protobuf" && protobuf.accept(undefined, group) !== undefined;
      if (!proposed || writtenAsJson.has(name)) return undefined;
      return (value, field) => writeProposal(protobuf, value, field, () => writtenAsJson.add(name));
    },
  };
}

/** `declined` is told why. */
function readProposal(protobuf: Encoding, accept: string, declined: (why: string) => void): Proposal {
  return {
    propose(request) {
      // Who reads the answer is told of a failure.
      if (protobuf.codec === undefined) protobuf.load().catch(() => {});
      return { ...request, headers: { ...request.headers, accept: [accept] } };
    },
    declinedBy(error) {
      const why = whyUnreadable(error);
      if (why === undefined) return undefined;
      declined(why);
      return "unreadable";
    },
    withdraw: (request) => request,
  };
}

function whyUnreadable(error: unknown): string | undefined {
  if (isBeyondSchema(error)) {
    return `this version of Kubewright does not know ${error.what}, which the server sends; upgrade Kubewright to read them in protobuf again`;
  }
  if (!isStatusError(error)) return undefined;
  if (error.statusCode === 406) {
    return 'the server refuses protobuf for them (406); pass encoding: { read: "json" } to spare it the question';
  }
  return whyUnreadable(error.cause);
}

/** `declined` is told that the server does not take it. */
function writeProposal(protobuf: Encoding, value: unknown, field: string, declined: () => void): Proposal {
  const withdraw = (request: RequestParts): RequestParts => carrying(jsonContent(value, field), request);
  const written = (codec: Codec, request: RequestParts): RequestParts => {
    try {
      return carrying({ body: codec.encode(value, field), contentType: protobuf.mediaType }, request);
    } catch (error) {
      if (isBeyondSchema(error)) return withdraw(request);
      throw error;
    }
  };
  return {
    propose(request) {
      const { codec } = protobuf;
      return codec === undefined ? protobuf.load().then((loaded) => written(loaded, request)) : written(codec, request);
    },
    declinedBy(error) {
      if (!isStatusError(error) || error.statusCode !== 415) return undefined;
      declined();
      return "unsupported";
    },
    withdraw,
  };
}

function nameOf({ group, version, plural }: Resource): string {
  return `${plural} in ${group === "" ? version : `${group}/${version}`}`;
}
