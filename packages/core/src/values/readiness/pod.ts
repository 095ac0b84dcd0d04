import { findCondition } from "../conditions.ts";
import { controllerOf, type Owned } from "../owner-references.ts";
import { whyNotCondition } from "./condition.ts";
import { type Fields, never, notYet, type Rule, said, saying } from "./rule.ts";

interface Said {
  readonly reason?: string;
  readonly message?: string;
}

interface ContainerState {
  readonly waiting?: Said;
  readonly running?: object;
  readonly terminated?: Said & { readonly exitCode?: number; readonly signal?: number };
}

interface Container {
  readonly name: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

interface PodSpec {
  readonly nodeName?: string;
  readonly initContainers?: readonly { readonly name: string; readonly restartPolicy?: string }[];
  readonly readinessGates?: readonly { readonly conditionType: string }[];
}

interface PodStatus extends Said {
  readonly phase?: string;
  readonly initContainerStatuses?: readonly Container[];
  readonly containerStatuses?: readonly Container[];
}

/** Its Ready condition; why not, by what the kubelet and the scheduler say of it. */
export const pod: Rule = (object) => {
  const why = whyNotCondition(object, "Ready");
  if (why === undefined) return undefined;
  const { spec = {}, status = {} } = object as { readonly spec?: PodSpec; readonly status?: PodStatus };
  const ended = status.phase === "Failed" || status.phase === "Succeeded";
  const containers = containersOf(spec, status);
  if (ended) {
    const text = [`it has ${status.phase === "Failed" ? "failed" : "ended"}${saying(status)}`, ...containers].join(
      "; ",
    );
    // A StatefulSet makes another of the same name.
    return controllerOf(object as Owned)?.kind === "StatefulSet" ? notYet(text) : never(text);
  }
  const gates = (spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = findCondition(object, conditionType);
    return gate?.status === "True"
      ? []
      : [`readiness gate ${conditionType} is ${gate?.status ?? "not set"}${saying(gate ?? {})}`];
  });
  const reasons = [...unscheduled(object), ...containers, ...gates];
  return notYet(reasons.length > 0 ? reasons.join("; ") : (untouched(spec, status) ?? why));
};

function unscheduled(object: Fields): readonly string[] {
  const scheduled = findCondition(object, "PodScheduled");
  return scheduled?.status === "False" ? [`it has no node${saying(scheduled)}`] : [];
}

/** Nobody has written of it. */
function untouched(spec: PodSpec, status: PodStatus): string | undefined {
  if (status.containerStatuses !== undefined) return undefined;
  return spec.nodeName === undefined ? "it has no node" : `node ${spec.nodeName} has not begun it`;
}

function containersOf(spec: PodSpec, status: PodStatus): readonly string[] {
  const sidecars = new Set(
    (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === "Always").map(({ name }) => name),
  );
  const first = (status.initContainerStatuses ?? []).flatMap((one) =>
    sidecars.has(one.name) ? lacking("sidecar", one) : unfinished(one),
  );
  return [...first, ...(status.containerStatuses ?? []).flatMap((one) => lacking("container", one))];
}

function unfinished(one: Container): readonly string[] {
  if (one.state?.running !== undefined) return [`init container ${one.name} still runs`];
  return lacking("init container", one);
}

function lacking(what: string, { name, ready, started, state, lastState }: Container): readonly string[] {
  const { waiting, running, terminated } = state ?? {};
  const named = `${what} ${name}`;
  if (waiting !== undefined) {
    // It waits for those before it.
    if (waiting.reason === "PodInitializing") return [];
    return [`${named}: ${said(waiting) || "waits"}${ending(lastState?.terminated)}`];
  }
  if (terminated !== undefined) {
    if (terminated.exitCode === 0 && what === "init container") return [];
    return [`${named} ended${saying(terminated)}${code(terminated)}`];
  }
  if (running === undefined || ready === true) return [];
  return [`${named} runs, but ${started === false ? "has not started up" : "is not ready"}`];
}

/** How its last run ended, where it runs again and again. */
function ending(last: ContainerState["terminated"]): string {
  return last === undefined ? "" : `; its last run ended${saying(last)}${code(last)}`;
}

function code({ exitCode, signal }: NonNullable<ContainerState["terminated"]>): string {
  return signal ? ` (signal ${signal})` : exitCode === undefined ? "" : ` (exit code ${exitCode})`;
}
