import type { Container, Pod } from "kubewright/core/v1";
import { describe, expect, test } from "vitest";
import { rejection, refusal } from "../support/api-request.ts";
import { atOnce } from "../support/at-once.ts";
import { eventually } from "../support/eventually.ts";
import { randomInput, sumOf, untilRead } from "./bytes.ts";
import { type Held, phaseOf, textOf } from "./support.ts";

const v5 = "v5.channel.k8s.io";
const size = { columns: 77, rows: 33 };

/** A pod whose container `main` runs a script; waits until it does. */
export async function scriptedPod(
  { pods }: Held,
  name: string,
  script: string,
  container: Partial<Container> = {},
  spec: Partial<Pod["spec"]> = {},
): Promise<void> {
  await pods.create({
    metadata: { name },
    spec: {
      terminationGracePeriodSeconds: 0,
      restartPolicy: "Never",
      containers: [{ name: "main", image: "local", command: ["sh", "-c", script], ...container }],
      ...spec,
    },
  });
  await phaseOf(pods, name, "Running");
}

/** What is typed, as it is typed. */
export interface Typed {
  readonly stdin: ReadableStream<string>;
  readonly type: (text: string) => void;
}

export function typed(): Typed {
  let controller: ReadableStreamDefaultController<string> | undefined;
  const stdin = new ReadableStream<string>({ start: (given) => void (controller = given) });
  return { stdin, type: (text) => controller?.enqueue(text) };
}

/** What holds of attaching, whoever terminates the WebSocket. */
export function attachCases(held: Held, protocol: string): void {
  describe("attaching", () => {
    test("brings both outputs from then on, takes input, and has the container's code", async () => {
      await scriptedPod(held, "talks", 'echo past; read line; echo "got $line"; echo err >&2; exit 7', { stdin: true });
      await eventually(async () => {
        for await (const line of held.pods.log("talks")) return line;
        return undefined;
      }, "the past is past");
      const run = await held.pods.attach("talks", { stdin: "a line\n" });
      expect(await Promise.all([textOf(run.stdout), textOf(run.stderr), run.exit])).toEqual([
        "got a line\n",
        "err\n",
        { exitCode: 7 },
      ]);
    });

    test("the code is the run's that was joined, though the container has been started anew", async () => {
      await scriptedPod(held, "again", "read line; exit $line", { stdin: true }, { restartPolicy: "Always" });
      const run = await held.pods.attach("again", { stdin: "8\n" });
      expect(await run.exit).toEqual({ exitCode: 8 });
    });

    test("every byte of an input that ends, and of the output", async () => {
      await scriptedPod(held, "echoes", "exec cat", { stdin: true, stdinOnce: true });
      const size = 16 * 1024 * 1024;
      const { pieces, sum } = randomInput(size, 100_000);
      if (protocol !== v5) {
        const said = await refusal(held.pods.attach("echoes", { stdin: pieces }));
        expect(said).toContain("SubprotocolNotSpoken");
        return;
      }
      const input = untilRead(size, pieces);
      const run = await held.pods.attach("echoes", { stdin: input.pieces, stderr: false });
      expect(await sumOf(input.count(run.stdout))).toEqual(sum());
      expect(await run.exit).toEqual({ exitCode: 0 });
    });

    test("a terminal follows sizes; who leaves it leaves it as it is, and joins it again", async () => {
      await scriptedPod(held, "shell", "exec sh", { stdin: true, tty: true });
      for (const [name, code] of [
        ["first", undefined],
        ["second", 4],
      ] as const) {
        const { stdin, type } = typed();
        const run = await held.pods.attach("shell", { stdin, tty: size });
        for (let columns = 20; columns <= 40; columns++) run.resize({ columns, rows: 10 });
        type(`${name}=here; until [ "$(stty size)" = '10 40' ]; do sleep 0.05; done; echo "$first"-"$second".\n`);
        if (code === undefined) {
          let text = "";
          for await (const bytes of run.stdout) if ((text += new TextDecoder().decode(bytes)).includes("here-.")) break;
          expect(await refusal(run.exit)).toContain("Closed: stdout was left before its end");
        } else {
          type(`exit ${code}\n`);
          const [text, exit] = await Promise.all([textOf(run.stdout), run.exit]);
          expect([text, exit]).toEqual([expect.stringContaining("here-here."), { exitCode: code }]);
        }
      }
    });

    test("a pod that is deleted under it: an end, and a typed one", async () => {
      await scriptedPod(held, "doomed-too", "echo up; sleep 1000");
      const run = await held.pods.attach("doomed-too");
      await held.pods.delete("doomed-too", { gracePeriodSeconds: 0 });
      const end = await run.exit.catch((error: unknown) => String(error));
      expect(end).toEqual(
        expect.toSatisfy(
          (value: unknown) => /NoExitStatus/.test(String(value)) || (value as { exitCode: number }).exitCode === 137,
        ),
      );
    });

    test("an abort settles everything at once, with its reason", async () => {
      await scriptedPod(held, "endless", "while :; do echo line; sleep 0.05; done");
      const controller = new AbortController();
      const run = await held.pods.attach("endless", { signal: controller.signal });
      const reading = textOf(run.stdout);
      controller.abort("mine");
      expect(await atOnce(Promise.all([rejection(reading), rejection(run.exit)]))).toEqual(["mine", "mine"]);
    });
  });
}
