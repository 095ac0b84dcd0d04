import { matchesLabels } from "@kubewright/core";
import type { Held } from "./world.ts";

/** What a request asks for, as far as the API server looks at it. */
export interface Query {
  readonly watch: boolean;
  /** Undefined where the parameter is missing or empty. */
  readonly version: string | undefined;
  readonly match: string | undefined;
  readonly limit: number;
  readonly continue: string | undefined;
  readonly initialEvents: boolean;
  readonly bookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
  /** Whether there is any selector. */
  readonly selects: boolean;
  matches(held: Pick<Held, "name" | "labels">): boolean;
}

/** Reads the query of a URL. */
export function queryOf(text: string): Query {
  const given = new URLSearchParams(text);
  const value = (name: string): string | undefined => given.get(name) || undefined;
  const labels = value("labelSelector");
  const fields = value("fieldSelector");
  const name = fields === undefined ? undefined : /^metadata\.name=(.+)$/.exec(fields)?.[1];
  if (fields !== undefined && name === undefined)
    throw new Error(`the replay does not know the field selector ${fields}`);
  const timeout = value("timeoutSeconds");
  return {
    watch: value("watch") !== undefined,
    version: value("resourceVersion"),
    match: value("resourceVersionMatch"),
    limit: Number(value("limit") ?? 0),
    continue: value("continue"),
    initialEvents: value("sendInitialEvents") === "true",
    bookmarks: value("allowWatchBookmarks") === "true",
    timeoutSeconds: timeout === undefined ? undefined : Number(timeout),
    selects: labels !== undefined || fields !== undefined,
    matches: (held) =>
      (labels === undefined || matchesLabels(labels, held.labels)) && (name === undefined || held.name === name),
  };
}
