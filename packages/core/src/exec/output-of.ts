import { joinBytes, OBJECT_LIMIT } from "../bytes/body.ts";
import { LimitError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { ExecOutput } from "../types/exec.ts";
import type { PodRun } from "../types/pod-run.ts";

// A byte order mark is data.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Waits for the end of a run, and gives all that it wrote. */
export async function outputOf(run: PodRun, request: RequestInfo): Promise<ExecOutput> {
  let tooLarge: LimitError | undefined;
  const gather = async (name: "stdout" | "stderr"): Promise<string> => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of run[name]) {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size <= OBJECT_LIMIT) continue;
      // Leaving the stream ends the run: its exit then says so, and must not be what is told.
      const fix = `read run.${name} as it comes, or pass ${name}: false`;
      tooLarge ??= new LimitError(`what the command wrote to ${name}`, OBJECT_LIMIT, { request, fix });
      break;
    }
    return decoder.decode(joinBytes(chunks));
  };
  try {
    const [stdout, stderr, { exitCode }] = await Promise.all([gather("stdout"), gather("stderr"), run.exit]);
    return { exitCode, stdout, stderr };
  } catch (error) {
    await run.close();
    throw tooLarge ?? error;
  }
}
