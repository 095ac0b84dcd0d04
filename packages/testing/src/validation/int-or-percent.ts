import { type Causes, invalidCause } from "./causes.ts";
import { wrongForm, wrongSign } from "./checks.ts";

// Numbers, or parts of a hundred as texts: k8s.io/kubernetes pkg/apis/apps/validation/validation.go.

const percent = /^\d+%$/;

/** IsValidPercent */
function wrongPercent(value: string): readonly string[] {
  if (percent.test(value)) return [];
  return [
    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
  ];
}

/** ValidatePositiveIntOrPercent */
export function* wrongIntOrPercent(at: string, value: unknown): Causes {
  if (typeof value === "string") yield* wrongForm(at, value, wrongPercent);
  else if (typeof value === "number") yield* wrongSign(at, value);
}

/** IsNotMoreThan100Percent */
export function* wrongOver100(at: string, value: unknown): Causes {
  if (typeof value === "string" && percent.test(value) && Number(value.slice(0, -1)) > 100)
    yield invalidCause(at, value, "must not be greater than 100%");
}

/** The number, or the number of percent; 0 for what is neither. */
export function intOrPercentValue(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^[+-]?\d+%?$/.test(value)) return 0;
  return Number(value.replace("%", ""));
}
