import { valueAt } from "../objects/draft.ts";
import type { ApiObject } from "../store/api-object.ts";

/** What is left in a namespace after its content was deleted. */
export interface NamespaceRemains {
  /** How many objects, by resource and group: `pods.`, `deployments.apps`. */
  readonly resources: ReadonlyMap<string, number>;
  /** How many objects have a finalizer, by its name. */
  readonly finalizers: ReadonlyMap<string, number>;
  /** Why some could not be deleted. */
  readonly failures: readonly string[];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** What a condition says when all is well, and what it says of what remains; undefined for nothing. */
interface ConditionRule {
  readonly type: string;
  readonly fine: readonly [reason: string, message: string];
  readonly wrong: (remains: NamespaceRemains) => readonly [reason: string, message: string] | undefined;
}

// k8s.io/kubernetes pkg/controller/namespace/deletion/status_condition_utils.go
const rules: readonly ConditionRule[] = [
  {
    type: "NamespaceDeletionDiscoveryFailure",
    fine: ["ResourcesDiscovered", "All resources successfully discovered"],
    wrong: () => undefined,
  },
  {
    type: "NamespaceDeletionGroupVersionParsingFailure",
    fine: ["ParsedGroupVersions", "All legacy kube types successfully parsed"],
    wrong: () => undefined,
  },
  {
    type: "NamespaceDeletionContentFailure",
    fine: ["ContentDeleted", "All content successfully deleted, may be waiting on finalization"],
    wrong({ failures }) {
      if (failures.length === 0) return undefined;
      const texts = failures.toSorted().join(", ");
      const message = `Failed to delete all resource types, ${failures.length} remaining: ${texts}`;
      return ["ContentDeletionFailed", message];
    },
  },
  {
    type: "NamespaceContentRemaining",
    fine: ["ContentRemoved", "All content successfully removed"],
    wrong({ resources }) {
      if (resources.size === 0) return undefined;
      const texts = [...resources].map(([name, count]) => `${name} has ${count} resource instances`).toSorted();
      return ["SomeResourcesRemain", `Some resources are remaining: ${texts.join(", ")}`];
    },
  },
  {
    type: "NamespaceFinalizersRemaining",
    fine: ["ContentHasNoFinalizers", "All content-preserving finalizers finished"],
    wrong({ finalizers }) {
      if (finalizers.size === 0) return undefined;
      const texts = [...finalizers].map(([name, count]) => `${name} in ${count} resource instances`).toSorted();
      return ["SomeFinalizersRemain", `Some content in the namespace has finalizers remaining: ${texts.join(", ")}`];
    },
  },
];

/** The conditions of a namespace that is being deleted. */
export function namespaceConditions(
  namespace: ApiObject,
  remains: NamespaceRemains,
  now: string,
): readonly Condition[] {
  const before = (valueAt(namespace, "status.conditions") ?? []) as readonly Condition[];
  const others = before.filter(({ type }) => !rules.some((rule) => rule.type === type));
  return [
    ...others,
    ...rules.map(({ type, fine, wrong }) => {
      const found = wrong(remains);
      const status = found === undefined ? "False" : "True";
      const [reason, message] = found ?? fine;
      const old = before.find((one) => one.type === type);
      return {
        type,
        status,
        lastTransitionTime: old?.status === status ? old.lastTransitionTime : now,
        reason,
        message,
      };
    }),
  ];
}
