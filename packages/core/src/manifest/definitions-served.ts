import type { DynamicResource } from "../cluster/cluster.ts";
import type { ApiGroup } from "../discovery/api-resource.ts";
import { isForbidden, isNotFound } from "../errors/guards.ts";
import { KubeError } from "../errors/kube-error.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import { pause } from "../time/pause.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { applyAgain } from "./apply-again.ts";
import { applyObject } from "./apply-object.ts";
import { type ManifestContext, nameForMessages } from "./manifest-context.ts";

const pollMs = 100;
/** How long a condition that was there before the apply may speak of the time before; the controller takes some milliseconds. */
const settleMs = 2000;

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

interface Definition extends KubernetesObject {
  spec?: { group?: string; names?: { kind?: string }; versions?: readonly { name: string; served?: boolean }[] };
  status?: { conditions?: readonly Condition[] };
}

/** A definition whose kinds are waited for. */
interface Awaited {
  readonly object: Definition;
  /** As applied. */
  applied: Stored<Definition>;
  /** As last seen. */
  seen: Stored<Definition>;
  appliedAt: number;
}

/** What became of one definition. */
export interface DefinitionOutcome {
  readonly object: KubernetesObject;
  readonly stored?: Stored<KubernetesObject>;
  readonly error?: unknown;
}

/** True for a CustomResourceDefinition. */
export function isDefinition({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition" && (apiVersion ?? "").startsWith("apiextensions.k8s.io/");
}

/**
 * Waits until the API server serves what was defined, all of them side by side: a new resource is served a moment after its
 * definition is stored. The definition itself says when that cannot come, and when it is gone in between, it is applied again.
 */
export async function definitionsServed(
  context: ManifestContext,
  definitions: readonly { readonly object: KubernetesObject; readonly applied: Stored<KubernetesObject> }[],
  options: ApplyOptions,
): Promise<readonly DefinitionOutcome[]> {
  const { timeoutMs = context.timeoutMs, signal } = options;
  const until = performance.now() + timeoutMs;
  const outcomes: DefinitionOutcome[] = [];
  let pending: Awaited[] = definitions.map(({ object, applied }) => ({
    object,
    applied,
    seen: applied,
    appliedAt: performance.now(),
  }));
  // Asked for once: discovery is read anew all the time.
  let found: Promise<DynamicResource<Definition>> | undefined;
  const client = (): Promise<DynamicResource<Definition>> =>
    (found ??= context.cluster.find<Definition>(
      { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
      { signal },
    ));
  const settle = async (one: Awaited, work: () => Promise<boolean>): Promise<boolean> => {
    try {
      if (!(await work())) return false;
      outcomes.push({ object: one.object, stored: one.applied });
    } catch (error) {
      signal?.throwIfAborted();
      outcomes.push({ object: one.object, error });
    }
    return true;
  };
  const remaining = async (work: (one: Awaited) => Promise<boolean>): Promise<Awaited[]> => {
    const settled = await Promise.all(pending.map((one) => settle(one, () => work(one))));
    return pending.filter((_, index) => settled[index] !== true);
  };
  for (let round = 0; pending.length > 0; round++) {
    pending = await remaining(async (one) => {
      if (round > 0) one.seen = await look(await client(), one, options);
      await againIfGoing(context, one, options, until);
      refuse(one);
      return false;
    });
    if (pending.length === 0) break;
    context.cluster.discovery.refresh();
    const served = context.cluster.discovery.groups({ signal });
    pending = await remaining(async ({ object }) => isServed(object, await served));
    if (performance.now() > until) {
      pending = await remaining(async ({ object, seen }) => {
        throw new TimeoutError(timeoutMs, { what: `${nameForMessages(object)} was not served${conditionsOf(seen)}` });
      });
    } else if (pending.length > 0) await pause(pollMs, signal);
  }
  return outcomes;
}

/** The definition as it is now. Whoever may apply but not read it waits for discovery alone. */
async function look(
  client: DynamicResource<Definition>,
  { seen }: Awaited,
  { signal, timeoutMs, impersonate }: ApplyOptions,
): Promise<Stored<Definition>> {
  try {
    return await client.get(seen.metadata.name, { signal, timeoutMs, impersonate });
  } catch (error) {
    if (isForbidden(error)) return seen;
    // Gone meanwhile: the next apply makes it anew.
    if (isNotFound(error)) return { ...seen, metadata: { ...seen.metadata, deletionTimestamp: "gone" } };
    throw error;
  }
}

async function againIfGoing(
  context: ManifestContext,
  one: Awaited,
  options: ApplyOptions,
  until: number,
): Promise<void> {
  if (one.seen.metadata.deletionTimestamp === undefined) return;
  const { object, seen } = one;
  one.applied =
    seen.metadata.deletionTimestamp === "gone"
      ? await applyObject(context, object, options)
      : await applyAgain(context, object, seen, options, until);
  one.seen = one.applied;
  one.appliedAt = performance.now();
}

/** Throws when the API server says that it will not serve it. */
function refuse({ object, applied, seen, appliedAt }: Awaited): void {
  const names = conditionOf(seen, "NamesAccepted");
  if (names?.status !== "False") return;
  // Right after the apply, the condition may still speak of the names before.
  const old = conditionOf(applied, "NamesAccepted");
  const same = old?.lastTransitionTime === names.lastTransitionTime && old?.message === names.message;
  if (same && performance.now() - appliedAt < settleMs) return;
  throw new KubeError(
    `NamesNotAccepted: ${nameForMessages(object)} is stored but not served: ${names.message} (${names.reason}); choose other names`,
  );
}

function isServed({ spec }: Definition, groups: readonly ApiGroup[]): boolean {
  const there = groups.find(({ name }) => name === spec?.group)?.versions ?? [];
  return (spec?.versions ?? [])
    .filter(({ served }) => served !== false)
    .every(({ name }) =>
      there.some(
        ({ version, resources }) => version === name && resources.some(({ kind }) => kind === spec?.names?.kind),
      ),
    );
}

function conditionOf({ status }: Definition, type: string): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

function conditionsOf({ status }: Definition): string {
  const said = (status?.conditions ?? []).map(({ type, status: is, message }) => `${type} is ${is}: ${message}`);
  return said.length === 0 ? "" : ` (${said.join("; ")})`;
}
