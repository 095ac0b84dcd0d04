/** What one part of the tests found. */
export interface PartResult {
  readonly passed: number;
  /** What failed, and the first line of how. */
  readonly failed: readonly Finding[];
  /** What did not run, and why; a failure in strict mode. */
  readonly skipped: readonly Finding[];
}

export interface Finding {
  readonly what: string;
  readonly why: string;
}

export interface Part {
  readonly name: string;
  /**
   * Seconds it may take on two cores. Build, lint, rules, types, docs and pack share four minutes; toolchains have four; unit and conformance
   * share five; real, faults and streams have five each, protobuf four, browser six, embedded seven. Setting up and building the control plane, once, may take eight more.
   */
  readonly budget: number;
  run(): Promise<PartResult>;
}

/** Counts named checks and prints each failure where it happens. */
export class Checks {
  #passed = 0;
  readonly #failed: Finding[] = [];
  readonly #skipped: Finding[] = [];

  pass(): void {
    this.#passed += 1;
  }

  fail(name: string, output: string): void {
    const text = output.trimEnd();
    this.#failed.push({ what: name, why: firstLine(text) });
    console.log(`FAILED ${name}`);
    if (text !== "") console.log(text.replace(/^/gm, "  "));
  }

  skip(what: string, why: string): void {
    this.#skipped.push({ what, why });
  }

  /** A check that is a program: passes on exit code 0. */
  record(name: string, result: { readonly code: number; readonly output: string }): boolean {
    if (result.code === 0) this.pass();
    else this.fail(name, `${result.output.trimEnd()}\n(exit code ${result.code})`);
    return result.code === 0;
  }

  get result(): PartResult {
    return { passed: this.#passed, failed: this.#failed, skipped: this.#skipped };
  }
}

/** The first line of a text that says anything, or that there is none. */
export function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "") ?? "no word of why";
}
