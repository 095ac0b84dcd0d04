import { spawn, type ChildProcess } from "node:child_process";
import { AuthError, LimitError } from "@kubewright/core";
import type { CallStatus } from "./exec-metrics.ts";

/** One run of a credential plugin. */
export interface PluginRun {
  /** The program's file. */
  readonly file: string;
  /** The command as the kubeconfig writes it; what the program sees as its own name, and what errors call it. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether it may ask the person at the terminal. */
  readonly interactive: boolean;
  readonly timeoutMs: number;
  /** Ends the plugin. */
  readonly signal: AbortSignal;
  /** Told once how it went, with the exit code: -1 where there is none because the plugin was ended, 1 where it did not start. */
  readonly onEnd?: ((status: CallStatus, code: number) => void) | undefined;
}

const stdoutCeiling = 1024 * 1024;
/** How long after its end the plugin's output is waited for: what it leaves running may hold the pipe open for ever. */
const lingerMs = 1000;

/**
 * Runs a plugin without a shell and gives back what it wrote to standard output, at most 1 MiB. Its standard error goes to this
 * process's own: it may ask or explain, and it may hold secrets, so that it never enters an error. Rejects with an AuthError or
 * LimitError; the plugin and what it started are then ended.
 */
export function runPlugin(run: PluginRun): Promise<string> {
  const { file, command, args, interactive, timeoutMs, signal } = run;
  // A group of its own, so that what the plugin starts ends with it; but then it could not read from the terminal.
  const group = !interactive && process.platform !== "win32";
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(closed(command));
      return;
    }
    let child: ChildProcess;
    try {
      child = spawn(file, args, {
        argv0: command,
        env: { ...run.env },
        stdio: [interactive ? "inherit" : "ignore", "pipe", "inherit"],
        shell: false,
        windowsHide: true,
        detached: group,
      });
    } catch (error) {
      run.onEnd?.("client_internal_error", 1);
      reject(notStarted(command, error as NodeJS.ErrnoException));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    let lingering: NodeJS.Timeout | undefined;
    let told = false;
    const settle = (status: CallStatus, code: number): void => {
      if (!told) run.onEnd?.(status, code);
      told = true;
      clearTimeout(timer);
      clearTimeout(lingering);
      signal.removeEventListener("abort", abort);
    };
    const fail = (error: Error, status: CallStatus = "plugin_execution_error", code = -1): void => {
      settle(status, code);
      end(child, group);
      reject(error);
    };
    const abort = (): void => fail(closed(command));
    const timer = setTimeout(
      () =>
        fail(new AuthError(`Plugin too slow: ${command} did not answer within ${timeoutMs / 1000} s and was ended`)),
      timeoutMs,
    );
    signal.addEventListener("abort", abort, { once: true });
    child.stdout?.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > stdoutCeiling) fail(new LimitError(`the output of the credential plugin ${command}`, stdoutCeiling));
      else chunks.push(chunk);
    });
    child.on("error", (error) => fail(notStarted(command, error), "plugin_not_found_error", 1));
    // Leads to "close" with what was written so far, which is all that the plugin itself wrote. Where the loop was blocked, the pipe
    // gets a turn first.
    const letGo = (): void => void setImmediate(() => child.stdout?.destroy());
    child.on("exit", () => (lingering = setTimeout(letGo, lingerMs)));
    child.on("close", (code, killedBy) => {
      settle(code === 0 ? "no_error" : "plugin_execution_error", code ?? -1);
      if (code === 0) resolve(Buffer.concat(chunks).toString("utf8"));
      else
        reject(
          new AuthError(
            `Plugin failed: ${command} ended with ${code === null ? killedBy : `exit code ${code}`}; standard error has its reason`,
          ),
        );
    });
  });
}

function end(child: ChildProcess, group: boolean): void {
  child.stdout?.destroy();
  if (child.pid === undefined) return;
  try {
    // Also when the plugin itself has ended: whoever holds its output open is of its group.
    if (group) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch (error) {
    // All have ended by themselves in the meantime; macOS says EPERM while the last one is being buried.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

function closed(command: string): AuthError {
  return new AuthError(`Plugin ended: ${command} was ended because the connection was closed`);
}

// Node's error is not passed on as the cause: it holds the arguments, which may be secrets.
function notStarted(command: string, { code = "unknown error" }: NodeJS.ErrnoException): AuthError {
  if (code === "EINVAL" && process.platform === "win32") {
    return new AuthError(
      `Plugin not started: ${command} is a batch file, which needs a shell; name the program itself`,
    );
  }
  return new AuthError(`Plugin not started: ${command} (${code})`);
}
