/** What is wrong with an API as it was read; every problem found, one line each. Nothing is written then. */
export class SpecError extends Error {
  override readonly name = "SpecError";
  /** What is wrong, each as one line. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      problems.length === 1
        ? problems[0]
        : `${problems.length} problems:\n${problems.map((one) => `- ${one}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

/** Throws a SpecError unless the list is empty. */
export function assertNoProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new SpecError(problems);
}
