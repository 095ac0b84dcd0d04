import { forbidden, tooManyRequests } from "../exchange/refusal.ts";
import { draftOf, finished, setAt } from "../objects/draft.ts";
import { timeText } from "../objects/system-metadata.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { keyOf, prefixOf } from "../store/key.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../validation/fields.ts";
import { selectorOf } from "../validation/label-selector.ts";

/** The disruption budgets that are about a pod. */
export function budgetsOf({ metadata }: ApiObject, state: ServerState): readonly ApiObject[] {
  const { labels = {}, namespace } = metadata;
  const isAbout = (budget: ApiObject): boolean =>
    selectorOf(presentIn(objectIn(budget, "spec"), "selector"))?.matches(labels) === true;
  const budgets = collectionOf(state, "policy", "poddisruptionbudgets");
  return budgets.page({ prefix: prefixOf(namespace), limit: 0, matches: isAbout }).objects;
}

/** Whether the loss of a pod that is not ready breaks no budget, whatever it allows. */
export function isNoDisruption(pod: ApiObject, budget: ApiObject): boolean {
  const conditions = objectsIn(objectIn(pod, "status"), "conditions");
  if (conditions.some(({ type, status }) => type === "Ready" && status === "True")) return false;
  if (textIn(objectIn(budget, "spec"), "unhealthyPodEvictionPolicy") === "AlwaysAllow") return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = countsOf(budget);
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

/** More names than these are not kept of pods that are about to go. */
const mostDisrupted = 2000;

/**
 * Counts one disruption more against a budget (checkAndDecrement). @throws Refusal 429 when it allows none
 */
export function disrupt(pod: ApiObject, budget: ApiObject, state: ServerState, dryRun: boolean): void {
  const { name, generation = 0 } = budget.metadata;
  const { observedGeneration = 0, disruptionsAllowed = 0 } = countsOf(budget);
  const refused = (why: string): Error => forbidden({ group: "policy", name: "poddisruptionbudget" }, name, why);
  if (observedGeneration < generation) throw stillProcessed(name);
  if (disruptionsAllowed < 0) throw refused("pdb disruptions allowed is negative");
  const disrupted = objectIn(objectIn(budget, "status"), "disruptedPods");
  if (Object.keys(disrupted).length > mostDisrupted)
    throw refused("DisruptedPods map too big - too many evictions not confirmed by PDB controller");
  if (disruptionsAllowed === 0) throw violated([budgetCause(whyNotAllowed(budget))], 0);
  if (dryRun) return;
  const draft = draftOf(budget);
  const now = timeText(state.clock);
  setAt(draft, "status.disruptionsAllowed", disruptionsAllowed - 1);
  setAt(draft, "status.disruptedPods", { ...disrupted, [pod.metadata.name]: now });
  if (disruptionsAllowed === 1) setAt(draft, "status.conditions", withoutAllowance(budget, now));
  const { namespace } = budget.metadata;
  collectionOf(state, "policy", "poddisruptionbudgets").set(keyOf(namespace, name), finished(draft));
}

/** What is said while a budget is not yet known to be kept. */
function stillProcessed(name: string): Error {
  return violated([budgetCause(`The disruption budget ${name} is still being processed by the server.`)], 10);
}

interface BudgetCause {
  readonly reason: string;
  readonly message: string;
}

function budgetCause(message: string): BudgetCause {
  return { reason: "DisruptionBudget", message };
}

function violated(causes: readonly BudgetCause[], seconds: number): Error {
  return tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", causes, seconds);
}

type Count = "observedGeneration" | "disruptionsAllowed" | "currentHealthy" | "desiredHealthy";

function countsOf(budget: ApiObject): Partial<Record<Count, number>> {
  return objectIn(budget, "status") as Partial<Record<Count, number>>;
}

function whyNotAllowed(budget: ApiObject): string {
  const { name } = budget.metadata;
  const { currentHealthy = 0, desiredHealthy = 0 } = countsOf(budget);
  const condition = objectsIn(objectIn(budget, "status"), "conditions").find(isAllowance);
  const message = condition?.["status"] === "False" ? textIn(condition, "message") : "";
  const reason = textIn(condition, "reason");
  const denies = `The disruption budget ${name} does not allow evicting pods currently`;
  if (message !== "" && reason === "SyncFailed") return `${denies} because it failed sync: ${message}`;
  if (currentHealthy <= desiredHealthy)
    return `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  return message === "" ? denies : `${denies} (${reason}): ${message}`;
}

function isAllowance({ type }: Fields): boolean {
  return type === "DisruptionAllowed";
}

/** The conditions of a budget that allows no more. */
function withoutAllowance(budget: ApiObject, now: string): readonly Fields[] {
  const status = objectIn(budget, "status");
  const conditions = objectsIn(status, "conditions");
  const old = conditions.find(isAllowance);
  const observedGeneration = numberIn(status, "observedGeneration") ?? 0;
  const made = {
    type: "DisruptionAllowed",
    status: "False",
    reason: "InsufficientPods",
    message: "",
    lastTransitionTime: old?.["status"] === "False" ? old["lastTransitionTime"] : now,
    ...(observedGeneration === 0 ? {} : { observedGeneration }),
  };
  return old === undefined ? [...conditions, made] : conditions.map((one) => (one === old ? made : one));
}
