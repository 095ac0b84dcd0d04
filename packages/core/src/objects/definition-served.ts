import type { ApiGroup } from "../discovery/api-resource.ts";
import { isForbidden, isNotFound } from "../errors/guards.ts";
import { KubeError } from "../errors/kube-error.ts";
import { callOptionsOf } from "../request/rules/rule.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import { pause } from "../time/pause.ts";
import type { ClusterObject } from "../types/marks.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { applyAgain } from "./apply-again.ts";
import { applyObject } from "./apply-object.ts";
import { type ObjectsContext, nameForMessages } from "./objects-context.ts";

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

interface Definition extends KubernetesObject, ClusterObject {
  spec?: { group?: string; names?: { kind?: string }; versions?: readonly { name: string; served?: boolean }[] };
  status?: { conditions?: readonly Condition[] };
}

/** True for a CustomResourceDefinition. */
export function isDefinition({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition" && (apiVersion ?? "").startsWith("apiextensions.k8s.io/");
}

/** Whether `definition` is the CustomResourceDefinition of the object's kind. */
export function defines(definition: Definition, { apiVersion = "", kind }: KubernetesObject): boolean {
  const { group, names } = definition.spec ?? {};
  return isDefinition(definition) && names?.kind === kind && apiVersion.startsWith(`${group}/`);
}

/**
 * What has been applied, once the API server serves what it defines, which is a moment after the definition is stored. The definition
 * itself says when that cannot come; when it goes meanwhile, it is applied again. `until`: by the
 * clock.
 *
 * @throws KubeError with the server's reason, TimeoutError with the definition's conditions
 */
export async function definitionServed(
  context: ObjectsContext,
  object: Definition,
  stored: Stored<KubernetesObject>,
  options: ApplyOptions,
  until: number,
): Promise<Stored<KubernetesObject>> {
  const { clock, cluster } = context;
  const { signal, timeoutMs = context.timeoutMs } = options;
  const reading = { ...callOptionsOf(options), timeoutMs };
  const client = await cluster.find<Definition>(
    { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
    { signal },
  );
  let applied: Stored<Definition> = stored;
  let appliedAt = clock.now();
  let seen = applied;
  let readable = true;
  for (;;) {
    refuse(object, seen, clock.now() - appliedAt < settleMs ? applied : undefined);
    // Of a definition that was replaced, discovery may still tell the old one. Whoever may not read it has discovery alone.
    if (!readable || conditionOf(seen, "Established")?.status === "True") {
      cluster.discovery.refresh();
      if (isServed(object, await cluster.discovery.groups({ signal }))) return applied;
    }
    if (clock.now() > until) {
      const what = `${nameForMessages(object)} was not served${conditionsOf(seen)}`;
      throw new TimeoutError(timeoutMs, { what });
    }
    await pause(clock, pollMs, signal);
    const now = await client.get(applied.metadata.name, reading).catch((error: unknown) => {
      if (isForbidden(error)) return "unreadable";
      if (isNotFound(error)) return "gone";
      throw error;
    });
    if (now === "unreadable") {
      readable = false;
      continue;
    }
    if (now !== "gone" && now.metadata.deletionTimestamp === undefined) {
      seen = now;
      continue;
    }
    applied =
      now === "gone"
        ? await applyObject(context, object, options)
        : await applyAgain(context, object, now, options, until);
    seen = applied;
    appliedAt = clock.now();
  }
}

/** Throws when the API server says that it will not serve it. What `before` said already may speak of other names. */
function refuse(object: Definition, seen: Definition, before: Definition | undefined): void {
  const names = conditionOf(seen, "NamesAccepted");
  if (names?.status !== "False") return;
  const old = before && conditionOf(before, "NamesAccepted");
  if (old?.lastTransitionTime === names.lastTransitionTime && old?.status === names.status) return;
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
