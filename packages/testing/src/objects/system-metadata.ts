import type { Clock } from "@kubewright/core";
import type { Draft } from "./draft.ts";

/** What nobody may set on a new object (k8s.io/apiserver pkg/registry/rest/meta.go, WipeObjectMetaSystemFields). */
export function wipeSystemMetadata({ metadata }: Draft): void {
  delete metadata.uid;
  delete metadata.creationTimestamp;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata["selfLink"];
}

/** What the server gives every new object. */
export function fillSystemMetadata({ metadata }: Draft, clock: Clock): void {
  metadata.creationTimestamp = timeText(clock);
  metadata.uid = randomUuid(clock);
  if (metadata.generateName !== undefined && metadata.generateName !== "" && !metadata.name)
    metadata.name = generatedName(metadata.generateName, clock);
}

/** The wall clock's time as objects have it. */
export function timeText(clock: Clock, afterSeconds = 0): string {
  return `${new Date(clock.wallNow() + afterSeconds * 1000).toISOString().slice(0, 19)}Z`;
}

const letters = "bcdfghjklmnpqrstvwxz2456789"; // k8s.io/apimachinery pkg/util/rand
const suffixLength = 5;
const longestName = 63;

/** A name that begins with a text and ends by chance. */
export function generatedName(base: string, clock: Clock): string {
  let name = base.slice(0, longestName - suffixLength);
  for (let i = 0; i < suffixLength; i++) name += letters[Math.floor(clock.random() * letters.length)]!;
  return name;
}

/** A random UUID; by the clock's chance, so that a seeded server repeats itself. */
export function randomUuid(clock: Clock): string {
  const digit = (from: number, count: number): string => (from + Math.floor(clock.random() * count)).toString(16);
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replaceAll(/[xy]/g, (kind) =>
    kind === "x" ? digit(0, 16) : digit(8, 4),
  );
}
