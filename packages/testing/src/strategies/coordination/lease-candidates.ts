import { type Causes, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongChange } from "../../validation/checks.ts";
import { type Fields, objectIn, textIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";
import { wrongLeaseStrategy } from "./lease-strategy.ts";

// k8s.io/kubernetes pkg/apis/coordination/validation/validation.go

/** LeaseCandidates. */
export const leaseCandidates: Strategy = {
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  validateUpdate: (draft, old) => [
    ...wrongSpec(objectIn(draft, "spec")),
    ...wrongChange("spec.leaseName", objectIn(draft, "spec")["leaseName"], objectIn(old, "spec")["leaseName"]),
  ],
};

function* wrongSpec(spec: Fields): Causes {
  if (textIn(spec, "leaseName") === "") yield requiredCause("spec.leaseName");
  const emulated = textIn(spec, "emulationVersion");
  const binary = textIn(spec, "binaryVersion");
  const strategy = textIn(spec, "strategy");
  if (emulated !== "" && partsOf(emulated) === undefined)
    yield invalidCause("spec.emulationVersion", emulated, "must be a valid semantic version");
  if (binary === "") yield requiredCause("spec.binaryVersion");
  else if (partsOf(binary) === undefined)
    yield invalidCause("spec.binaryVersion", binary, "must be a valid semantic version");
  if (binary !== "" && emulated !== "" && isBelow(partsOf(binary) ?? zero, partsOf(emulated) ?? zero))
    yield invalidCause("spec.binaryVersion", binary, "must be greater than or equal to `emulationVersion`");
  if (strategy === "") {
    yield requiredCause("spec.strategy");
    return;
  }
  if (strategy === "OldestEmulationVersion" && !isBelow(zero, partsOf(emulated) ?? zero)) {
    const why = "must be specified when `strategy` is 'OldestEmulationVersion'";
    yield requiredCause("spec.emulationVersion", why);
  }
  yield* wrongLeaseStrategy(strategy);
}

const zero: readonly number[] = [0, 0, 0];

/** A version's numbers; what stands behind them does not count here. */
function partsOf(version: string): readonly number[] | undefined {
  const found = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.exec(version);
  return found?.slice(1, 4).map(Number);
}

function isBelow(a: readonly number[], b: readonly number[]): boolean {
  const index = a.findIndex((part, place) => part !== b[place]);
  return index >= 0 && a[index]! < b[index]!;
}
