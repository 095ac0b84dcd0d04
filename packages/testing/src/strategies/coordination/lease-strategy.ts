import { type Causes, notSupportedCause } from "../../validation/causes.ts";
import { wrongForm } from "../../validation/checks.ts";
import { wrongQualifiedName } from "../../validation/forms.ts";

/** How a leader is chosen: ValidateCoordinatedLeaseStrategy, which says `strategy` twice. */
export function* wrongLeaseStrategy(strategy: string): Causes {
  const at = "spec.strategy.strategy";
  if (strategy.includes("/")) yield* wrongForm(at, strategy, wrongQualifiedName);
  else if (strategy !== "OldestEmulationVersion") yield notSupportedCause(at, strategy, ["OldestEmulationVersion"]);
}
