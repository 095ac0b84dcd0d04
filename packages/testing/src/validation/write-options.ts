import { type Cause, invalid } from "../exchange/refusal.ts";
import type { CallVerb } from "../request/call.ts";
import { forbiddenCause, invalidCause, notSupportedCause, tooLongCause } from "./causes.ts";

/** How an object is to be written (meta/v1 CreateOptions, UpdateOptions, PatchOptions). */
export interface WriteOptions {
  readonly dryRun: boolean;
  /** What becomes of unknown fields and of fields that stand twice. */
  readonly fieldValidation: "Ignore" | "Warn" | "Strict";
}

const fieldValidations = ["", "Ignore", "Strict", "Warn"];
const longestManager = 128;
/** For Go, of all spaces only the plain one is printable. */
const unprintable = /(?! )[\p{C}\p{Z}]/u;

const kinds: Readonly<Partial<Record<CallVerb, string>>> = {
  create: "CreateOptions",
  update: "UpdateOptions",
  patch: "PatchOptions",
};

/** Reads and checks them; of other verbs only whether it is a dry run. @throws Refusal 422 (k8s.io/apimachinery pkg/apis/meta/v1/validation) */
export function readWriteOptions(query: URLSearchParams, verb: CallVerb): WriteOptions {
  const dryRun = query.getAll("dryRun");
  const fieldValidation = query.get("fieldValidation") ?? "";
  const kind = kinds[verb];
  if (kind !== undefined) {
    const causes = [
      ...(verb === "patch" && query.has("force")
        ? [forbiddenCause("force", "may not be specified for non-apply patch")]
        : []),
      ...wrongManager(query.get("fieldManager") ?? ""),
      ...wrongDryRun(dryRun),
      ...(fieldValidations.includes(fieldValidation)
        ? []
        : [notSupportedCause("fieldValidation", fieldValidation, fieldValidations)]),
    ];
    if (causes.length > 0) throw invalid({ group: "meta.k8s.io", name: kind }, "", causes);
  }
  return {
    dryRun: dryRun.includes("All"),
    fieldValidation: (fieldValidation || "Warn") as WriteOptions["fieldValidation"],
  };
}

/** What is wrong with the values of `dryRun`. */
export function wrongDryRun(values: readonly string[]): readonly Cause[] {
  return values.every((value) => value === "All") ? [] : [notSupportedCause("dryRun", values, ["All"])];
}

function wrongManager(manager: string): readonly Cause[] {
  const encoder = new TextEncoder();
  const causes: Cause[] = [];
  if (encoder.encode(manager).length > longestManager) causes.push(tooLongCause("fieldManager", longestManager));
  let position = 0;
  for (const character of manager) {
    if (unprintable.test(character)) {
      const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
      causes.push(invalidCause("fieldManager", manager, `invalid character ${code} (at position ${position})`));
    }
    position += encoder.encode(character).length;
  }
  return causes;
}
