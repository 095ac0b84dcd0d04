import { isNotFound } from "../errors/guards.ts";
import { callOptionsOf } from "../request/rules/rule.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import { pause } from "../time/pause.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { applyObject } from "./apply-object.ts";
import { type ObjectsContext, nameForMessages } from "./objects-context.ts";

const pollMs = 100;

/**
 * What has been applied, once it is there to stay: while the object is being deleted, waits until it is gone and applies it again.
 * `until`: by the clock.
 *
 * @throws TimeoutError that says what holds the one that is being deleted
 */
export async function applyAgain(
  context: ObjectsContext,
  object: KubernetesObject,
  applied: Stored<KubernetesObject>,
  options: ApplyOptions,
  until: number,
): Promise<Stored<KubernetesObject>> {
  let stored = applied;
  while (stored.metadata.deletionTimestamp !== undefined) {
    await untilGone(context, stored, options, until);
    stored = await applyObject(context, object, options);
  }
  return stored;
}

async function untilGone(
  { clock, cluster, timeoutMs }: ObjectsContext,
  going: Stored<KubernetesObject>,
  options: ApplyOptions,
  until: number,
): Promise<void> {
  const { signal, timeoutMs: given = timeoutMs } = options;
  const { apiVersion, kind, metadata } = going;
  const client = await cluster.find<KubernetesObject>({ apiVersion, kind }, { signal });
  for (;;) {
    await pause(clock, pollMs, signal);
    try {
      const now = await client.get(metadata.name, { ...callOptionsOf(options), timeoutMs: given });
      if (now.metadata.uid !== metadata.uid) return;
    } catch (error) {
      if (isNotFound(error)) return;
      throw error;
    }
    if (clock.now() > until) {
      const holders = [...(metadata.finalizers ?? []), ...specFinalizers(going)].join(", ") || "none";
      const what = `${nameForMessages(going)} is being deleted (finalizers: ${holders}) and was not gone`;
      throw new TimeoutError(given, { what });
    }
  }
}

// A namespace keeps them in its spec.
function specFinalizers(object: KubernetesObject): readonly string[] {
  return (object as { readonly spec?: { readonly finalizers?: readonly string[] } }).spec?.finalizers ?? [];
}
