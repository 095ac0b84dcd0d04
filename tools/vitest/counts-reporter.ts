import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** What a run counted; the default reporter's text is for people. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly what: string; readonly why: string }[];
}

/** Writes the counts of a run into the file that KUBEWRIGHT_COUNTS names. */
export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env["KUBEWRIGHT_COUNTS"];
    if (file === undefined) throw new Error("KUBEWRIGHT_COUNTS does not name a file");
    writeFileSync(file, JSON.stringify(countsOf(modules, unhandled.length)));
  }
}

/** An error outside of any test, and a file that could not be collected, count as one failure each. */
export function countsOf(modules: readonly TestModule[], unhandled: number): Counts {
  let passed = 0;
  let failed = unhandled;
  const skipped: { what: string; why: string }[] = [];
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") passed += 1;
      else if (result.state === "failed") failedHere += 1;
      else skipped.push({ what: `${module.relativeModuleId} > ${test.fullName}`, why: reason(result) });
    }
    if (failedHere === 0 && (module.state() === "failed" || module.errors().length > 0)) failedHere = 1;
    failed += failedHere;
  }
  return { passed, failed, skipped };
}

function reason(result: { readonly state: string; readonly note?: string | undefined }): string {
  return result.note ?? (result.state === "pending" ? "it never ran" : "no reason given");
}
