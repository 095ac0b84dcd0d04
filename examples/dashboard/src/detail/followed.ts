import { createStore, type Snapshot } from "@kubewright/browser";
import {
  ConnectionError,
  type CustomResource,
  type DynamicObject,
  type DynamicResource,
  pause,
  type Stored,
  systemClock,
  TimeoutError,
} from "@kubewright/core";
import { informer } from "@kubewright/runtime";
import { useEffect, useState } from "preact/hooks";
import type { Opened } from "../app/route.ts";
import { cluster } from "../cluster.ts";

/** Any object, as the details show it. */
export type AnyObject = Stored<DynamicObject>;

/** One object, followed. */
export interface Followed {
  /** Its client, of the namespace it is in. */
  readonly client: CustomResource<DynamicObject> | undefined;
  /** As it is now, or as it was last. */
  readonly object: AnyObject | undefined;
  /** Whether it is there no longer, or never was. */
  readonly gone: boolean;
  /** Why it cannot be shown. */
  readonly error: unknown;
}

/** In milliseconds. */
const retryMs = 2500;

const nothing: Followed = { client: undefined, object: undefined, gone: false, error: undefined };

/** Follows an object whose kind only the address knows: its client is found by discovery. */
export function useFollowed({ plural, namespace, name }: Opened): Followed {
  const [followed, setFollowed] = useState(nothing);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    void (async () => {
      const resource = await findResource(plural, signal);
      const client = namespace === undefined ? resource : resource.in(namespace);
      const cache = informer(client, { fieldSelector: { "metadata.name": name }, signal });
      createStore(cache).subscribe((snapshot) => setFollowed((before) => next(before, client, snapshot)));
    })().catch((error: unknown) => {
      if (!signal.aborted) setFollowed({ ...nothing, error });
    });
    return () => ending.abort();
  }, [plural, namespace, name]);
  return followed;
}

/** Tries again while the server cannot be reached: what is watched heals by itself, and this is what it begins with. */
async function findResource(plural: string, signal: AbortSignal): Promise<DynamicResource> {
  for (;;) {
    try {
      return await cluster.find(plural, { signal });
    } catch (error) {
      if (!(error instanceof ConnectionError || error instanceof TimeoutError)) throw error;
    }
    await pause(systemClock, retryMs, signal);
  }
}

/** What is gone stays in view. */
function next(
  before: Followed,
  client: CustomResource<DynamicObject>,
  { items, synced, error }: Snapshot<unknown>,
): Followed {
  const object = (items[0] as AnyObject | undefined) ?? before.object;
  return {
    client,
    object,
    gone: synced && items.length === 0,
    error: object === undefined && !synced ? error : undefined,
  };
}
