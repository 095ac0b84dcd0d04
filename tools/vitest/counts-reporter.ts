import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import { firstLine, type Finding } from "../parts/part.ts";

/** What a run counted; the default reporter's text is for people. */
export interface Counts {
  readonly passed: number;
  readonly failed: readonly Finding[];
  readonly skipped: readonly Finding[];
}

/** Writes the counts of a run into the file that KUBEWRIGHT_COUNTS names. */
export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env["KUBEWRIGHT_COUNTS"];
    if (file === undefined) throw new Error("KUBEWRIGHT_COUNTS does not name a file");
    writeFileSync(file, JSON.stringify(countsOf(modules, unhandled)));
  }
}

/** An error outside of any test, and a file that could not be collected, count as one failure each. */
export function countsOf(modules: readonly TestModule[], unhandled: readonly unknown[]): Counts {
  let passed = 0;
  const failed: Finding[] = unhandled.map((error) => ({ what: "outside of any test", why: firstLine(wordsOf(error)) }));
  const skipped: Finding[] = [];
  for (const module of modules) {
    const failedBefore = failed.length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      const what = `${module.relativeModuleId} > ${test.fullName}`;
      if (result.state === "passed") passed += 1;
      else if (result.state === "failed") failed.push({ what, why: firstLine(wordsOf(result.errors[0])) });
      else skipped.push({ what, why: reason(result) });
    }
    const errors = module.errors();
    if (failed.length === failedBefore && (module.state() === "failed" || errors.length > 0)) {
      failed.push({ what: module.relativeModuleId, why: firstLine(wordsOf(errors[0])) });
    }
  }
  return { passed, failed, skipped };
}

/** An error of vitest's is a plain object with a message. */
function wordsOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("message" in error)) return "";
  return String(error.message);
}

function reason(result: { readonly state: string; readonly note?: string | undefined }): string {
  return result.note ?? (result.state === "pending" ? "it never ran" : "no reason given");
}
