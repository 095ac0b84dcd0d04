import { InputError, nearest } from "@kubewright/core";
import type { Served } from "../knowledge/served.ts";
import type { Call, CallVerb } from "../request/call.ts";

/** Which requests a fault is for: those of which all that is given holds. `{}` is every request. */
export interface FaultSubject {
  /** One of the API's verbs, or several. */
  readonly verb?: CallVerb | readonly CallVerb[];
  /** The plural, with its group where another one has the same: `pods`, `deployments.apps`; with a subresource: `pods/status`. */
  readonly resource?: string;
  readonly namespace?: string;
  /** That of the object. */
  readonly name?: string;
  /** That of the user who asks. */
  readonly user?: string;
}

const verbs: ReadonlySet<string> = new Set<CallVerb>([
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
]);
const fields: ReadonlySet<string> = new Set<keyof FaultSubject>(["verb", "resource", "namespace", "name", "user"]);

/** A test for calls; of requests that are about no resource only `{}` holds. @throws InputError for what no request could ever be */
export function matcherOf(subject: FaultSubject, served: Served): (call: Call | undefined) => boolean {
  check(subject, served);
  const { resource, namespace, name, user } = subject;
  const wanted = typeof subject.verb === "string" ? [subject.verb] : subject.verb;
  const everything = Object.values(subject).every((value) => value === undefined);
  return (call) => {
    if (call === undefined) return everything;
    return (
      (wanted === undefined || wanted.includes(call.verb)) &&
      (resource === undefined || namesOf(call).includes(resource)) &&
      (namespace === undefined || call.namespace === namespace) &&
      (name === undefined || call.name === name) &&
      (user === undefined || call.user.name === user)
    );
  };
}

function namesOf({ resource: { plural, group }, subresource }: Call): readonly string[] {
  const below = subresource === undefined ? "" : `/${subresource.name}`;
  return [`${plural}${below}`, `${plural}.${group}${below}`];
}

/** A fault that could never strike would be a test that tests nothing. */
function check(subject: FaultSubject, { resources }: Served): void {
  for (const field of Object.keys(subject)) {
    if (!fields.has(field)) throw new InputError(field, `faults are told by ${[...fields].join(", ")}`);
  }
  for (const verb of [subject.verb ?? []].flat()) {
    if (!verbs.has(verb)) throw new InputError("verb", `${JSON.stringify(verb)} is none of ${[...verbs].join(", ")}`);
  }
  const { resource } = subject;
  if (resource === undefined) return;
  const known = resources.flatMap(({ plural, group, subresources }) =>
    ["", ...subresources.map(({ name }) => `/${name}`)].flatMap((below) => [
      `${plural}${below}`,
      `${plural}.${group}${below}`,
    ]),
  );
  if (known.includes(resource)) return;
  const close = nearest(resource, known);
  const hint = close === undefined ? "give its plural, such as pods or deployments.apps" : `did you mean ${close}?`;
  throw new InputError("resource", `the server does not serve ${JSON.stringify(resource)}; ${hint}`);
}
