import type { Mutation } from "./mutator.ts";
import type { RawApi } from "../support/raw-api.ts";
import { collectionPath, type RecordedCollection } from "./recording.ts";

/** A collection of which the mutator changes objects. */
export type ChangedCollection = Pick<RecordedCollection, "group" | "version" | "plural" | "kind" | "namespace">;

/** Makes a change on a server. Gives what the server answers: the object, unless it is deleted. */
export async function makeChange(api: RawApi, about: ChangedCollection, mutation: Mutation): Promise<unknown> {
  const path = collectionPath(about);
  const one = `${path}/${mutation.name}`;
  const must = async (method: string, at: string, body?: object, contentType?: string): Promise<unknown> => {
    const { status, text } = await api.send(method, at, body, contentType);
    if (status >= 300) throw new Error(`${mutation.do} ${mutation.name}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  const patch = (body: object): Promise<unknown> => must("PATCH", one, body, "application/merge-patch+json");
  const { do: what } = mutation;
  if (what === "update")
    return patch(about.plural === "events" ? { message: mutation.text } : { data: { text: mutation.text } });
  if (what === "relabel") return patch({ metadata: { labels: mutation.labels } });
  const deleted = what === "create" ? undefined : await must("DELETE", one);
  return what === "delete" ? deleted : must("POST", path, bodyOf(about, mutation));
}

function bodyOf(
  { group, version, kind, plural, namespace }: ChangedCollection,
  { name, labels, text }: Mutation & { readonly do: "create" | "recreate" },
): object {
  const content =
    plural === "events"
      ? { involvedObject: { kind: "Pod", namespace, name }, reason: "Changed", message: text, type: "Normal" }
      : { data: { text } };
  return { apiVersion: group === "" ? version : `${group}/${version}`, kind, metadata: { name, labels }, ...content };
}
