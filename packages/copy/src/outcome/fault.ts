/** Why a copy ends. Whoever called hears of it as a CopyError. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly exitCode: number | undefined;
  /** Whether what comes at another try may be all of it. */
  readonly isCut: boolean;

  constructor(
    problem: string,
    options: { readonly cause?: unknown; readonly exitCode?: number; readonly isCut?: boolean } = {},
  ) {
    super(problem, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode;
    this.isCut = options.isCut ?? false;
  }
}
