import { createHash } from "node:crypto";
import type { Request, Sequence } from "../exchange.ts";
import { parsed } from "../messages.ts";
import { Memory } from "./memory.ts";
import { rehearse } from "./rehearse.ts";

/** What a real server answered to one sequence, and to which requests. */
export interface Recorded {
  readonly seed: number;
  readonly answers: readonly unknown[];
}

/** The headers of most answers. */
const usual: Readonly<Record<string, unknown>> = {
  "content-type": "application/json",
  "cache-control": "no-cache, private",
};
const title = /^# seed (\d+), requests ([0-9a-f]{8})$/;

/** The text of a cell's recording: a line for each answer, as `Memory` writes it, below a line for each sequence. */
export async function writeRecording(sequence: Sequence, recorded: readonly Recorded[]): Promise<string> {
  const memory = new Memory();
  let text = "";
  for (const { seed, answers } of recorded) {
    let at = 0;
    const lines: string[] = [];
    const requests = await digestOfRequests(sequence, seed, (request) => {
      const answer = answers[at++];
      lines.push(JSON.stringify(shortened(answer, (body) => memory.write(body, sentWith(request)))));
      return answer;
    });
    if (at !== answers.length) throw new Error(`seed ${seed}: ${answers.length} answers came, rehearsed are ${at}`);
    text += `# seed ${seed}, requests ${requests}\n${lines.join("\n")}\n`;
  }
  return text;
}

/** The answers again. @throws Error where the cell makes other requests than when it was recorded */
export async function readRecording(sequence: Sequence, text: string): Promise<readonly Recorded[]> {
  const memory = new Memory();
  const recorded: Recorded[] = [];
  for (const part of text.split(/^(?=# seed)/m)) {
    const [head = "", ...lines] = part.trimEnd().split("\n");
    const [, seed = "", digest] = title.exec(head) ?? [];
    const answers: unknown[] = [];
    const requests = await digestOfRequests(sequence, Number(seed), (request) => {
      const line = lines[answers.length];
      if (line === undefined) throw new Error(`seed ${seed}: more requests than were recorded`);
      const answer = lengthened(JSON.parse(line), (body) => memory.read(body, sentWith(request)));
      answers.push(answer);
      return answer;
    });
    if (requests !== digest) throw new Error(`seed ${seed}: other requests than were recorded`);
    recorded.push({ seed: Number(seed), answers });
  }
  return recorded;
}

async function digestOfRequests(
  sequence: Sequence,
  seed: number,
  answerTo: (request: Request | undefined) => unknown,
): Promise<string> {
  const digest = createHash("sha256");
  await rehearse(sequence, seed, (request) => {
    digest.update(JSON.stringify(request ?? "an event"));
    return answerTo(request);
  });
  return digest.digest("hex").slice(0, 8);
}

/** An answer as it is written, without the headers that most have. What else comes is an event, or a word about a watch. */
function shortened(answer: unknown, write: (body: unknown) => unknown): unknown {
  if (!isAnswer(answer)) return write(answer);
  const { body, ...rest } = answer;
  const others = Object.entries(rest).filter(([name, value]) => usual[name] !== value);
  const missing = Object.keys(usual).filter((name) => !(name in rest));
  return {
    ...Object.fromEntries(others),
    ...Object.fromEntries(missing.map((name) => [name, null])),
    body: write(body),
  };
}

function lengthened(written: unknown, read: (body: unknown) => unknown): unknown {
  if (!isAnswer(written)) return read(written);
  const { body, ...rest } = { ...usual, ...written };
  return { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)), body: read(body) };
}

function isAnswer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && "status" in value && "body" in value;
}

function sentWith(request: Request | undefined): unknown {
  const body = request?.body;
  return typeof body === "string" ? parsed(body) : body;
}
