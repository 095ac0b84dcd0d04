/** How a session ended, as the server says it last. */
export interface RunStatus {
  /** Left out in v4. */
  readonly metadata?: object;
  readonly status: "Success" | "Failure";
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes: readonly { readonly reason?: string; readonly message: string }[] };
  readonly code?: number;
}

export const succeeded: RunStatus = { metadata: {}, status: "Success" };

/** A command that has ended. */
export function exited(code: number): RunStatus {
  if (code === 0) return succeeded;
  return {
    metadata: {},
    status: "Failure",
    message: `command terminated with non-zero exit code: command terminated with exit code ${code}`,
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: String(code) }] },
  };
}

/** One that could not be run. */
export function failed(error: unknown): RunStatus {
  const why = error instanceof Error ? error.message : String(error);
  return {
    metadata: {},
    status: "Failure",
    message: `Internal error occurred: error executing command in container: ${why}`,
    reason: "InternalError",
    details: { causes: [{ message: `error executing command in container: ${why}` }] },
    code: 500,
  };
}
