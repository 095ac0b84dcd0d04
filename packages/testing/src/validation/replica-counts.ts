import { type Causes, invalidCause } from "./causes.ts";
import { wrongSign } from "./checks.ts";
import { type Fields, numberIn } from "./fields.ts";

/** What the numbers in a status have to be. */
export interface StatusCounts {
  /** None of these may be below zero. */
  readonly counts: readonly string[];
  /** None of these may be more than `replicas`; of the available ones, no more than are ready. */
  readonly ofReplicas: readonly string[];
  /** What the server calls the ready ones. Default `readyReplicas`. */
  readonly ready?: string;
}

/** What is wrong with the numbers of a status. */
export function* wrongCounts(status: Fields, { counts, ofReplicas, ready = "readyReplicas" }: StatusCounts): Causes {
  for (const field of counts) yield* wrongSign(`status.${field}`, numberIn(status, field));
  const count = (field: string): number => numberIn(status, field) ?? 0;
  for (const field of ofReplicas) {
    if (count(field) > count("replicas"))
      yield invalidCause(`status.${field}`, count(field), "cannot be greater than status.replicas");
  }
  if (ofReplicas.length > 0 && count("availableReplicas") > count("readyReplicas"))
    yield invalidCause("status.availableReplicas", count("availableReplicas"), `cannot be greater than ${ready}`);
}

/** What is wrong with a change of `status.collisionCount`, which only grows. */
export function* wrongCollisions(status: Fields, old: Fields): Causes {
  const [count, before] = [numberIn(status, "collisionCount"), numberIn(old, "collisionCount")];
  if (before !== undefined && (count ?? -1) < before)
    yield invalidCause("status.collisionCount", count ?? 0, "cannot be decremented");
}
