import { firstLine, type Part, type PartResult } from "../parts/part.ts";
import { budgetText, summarise, type PartRun } from "../parts/summary.ts";
import { passSignals } from "./run.ts";

/** Runs parts in order, all of them even after a failure, and sets the exit code. */
export async function runParts(parts: readonly Part[], strict: boolean): Promise<void> {
  passSignals();
  const runs: PartRun[] = [];
  for (const part of parts) {
    console.log(`\n== ${part.name}`);
    const started = performance.now();
    const result = await runPart(part);
    const seconds = (performance.now() - started) / 1000;
    runs.push({ part, result, seconds });
    for (const skip of result.skipped) console.log(`not run: ${skip.what}: ${skip.why}`);
    console.log(
      `== ${part.name}: ${result.passed} passed, ${result.failed.length} failed, ${budgetText(seconds, part.budget)}`,
    );
  }
  const { lines, ok } = summarise(runs, strict);
  console.log(`\n${lines.join("\n")}`);
  process.exitCode = ok ? 0 : 1;
}

/** A part that throws is one failure and does not keep the others from running. */
async function runPart(part: Part): Promise<PartResult> {
  try {
    return await part.run();
  } catch (error) {
    console.log(error);
    return { passed: 0, failed: [{ what: `part ${part.name}`, why: firstLine(String(error)) }], skipped: [] };
  }
}
