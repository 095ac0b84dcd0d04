import {
  isStatusError,
  type ListOptions,
  type ResourceSource,
  type SourceConnection,
  type Wanted,
} from "@kubewright/core";
import { resourceName } from "./resource-name.ts";
import type { Input } from "./state.ts";

interface Asked {
  readonly at: number;
  readonly answer: Promise<Input | undefined>;
}

// A restart breaks the watches of many at once, and what one is told holds for all of them.
const asked = new WeakMap<SourceConnection, Map<string, Asked>>();

const wanted: Wanted = { managedFields: false, select: { metadata: true }, shareStrings: false };

/**
 * The version of the server's newest state, by a list of one object that was asked for at `since` or later, by whomever over this
 * connection. Undefined when the server will not tell.
 */
export function newestVersion(source: ResourceSource, options: ListOptions, since: number): Promise<Input | undefined> {
  const { connection, resource } = source;
  let known = asked.get(connection);
  if (known === undefined) asked.set(connection, (known = new Map()));
  const key = resourceName(resource);
  const before = known.get(key);
  if (before !== undefined && before.at >= since) return before.answer;
  const asking: Asked = { at: connection.clock.now(), answer: ask(source, options) };
  known.set(key, asking);
  void asking.answer.then((answer) => {
    if (answer?.type !== "checked" && known.get(key) === asking) known.delete(key);
  });
  return asking.answer;
}

async function ask(source: ResourceSource, options: ListOptions): Promise<Input | undefined> {
  try {
    const { metadata } = await source.list({ ...options, limit: 1 }, wanted);
    return { type: "checked", version: metadata.resourceVersion };
  } catch (error) {
    // What is wrong, the watch finds out itself. Who may watch may not list, perhaps.
    return isStatusError(error) && error.statusCode < 500 && error.statusCode !== 429
      ? undefined
      : { type: "unchecked" };
  }
}
