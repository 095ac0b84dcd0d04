// A process of one contestant that runs commands in a pod. Arguments: its module, and what its open() takes, as JSON. It does what it is
// told, and answers with what that cost.
import { costOf } from "../cost.mjs";

const [module, options] = process.argv.slice(2);
const { open } = await import(module);
const client = await open(JSON.parse(options));

const piece = Buffer.alloc(64 * 1024, "x");

/** So many bytes, piece by piece. */
async function* pieces(bytes) {
  for (let left = bytes; left > 0; left -= piece.length) yield left < piece.length ? piece.subarray(0, left) : piece;
}

/** What a command wrote, which must end well. */
async function run(command, stdin, take) {
  const exitCode = await client.exec({ command, stdin, take });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}`);
}

/** How much more memory than before `done` the process ever had, too. */
async function withMemory(done) {
  const before = process.memoryUsage.rss();
  const cost = await costOf(done);
  return { ...cost, rss: Math.max(0, process.resourceUsage().maxRSS * 1024 - before) };
}

const tasks = {
  /** Commands that do nothing, one after another. */
  commands: ({ count }) =>
    costOf(async () => {
      for (let i = 0; i < count; i++) await run(["true"], undefined, () => {});
    }),
  /** A command that writes so much. */
  output: ({ bytes }) =>
    withMemory(async () => {
      let got = 0;
      await run(["head", "-c", String(bytes), "/dev/zero"], undefined, (chunk) => (got += chunk.length));
      if (got !== bytes) throw new Error(`${got} bytes came, not ${bytes}`);
    }),
  /** A command that reads so much. */
  input: ({ bytes }) =>
    withMemory(async () => {
      let said = "";
      await run(["wc", "-c"], pieces(bytes), (chunk) => (said += chunk));
      if (Number(said) !== bytes) throw new Error(`${said.trim()} bytes arrived, not ${bytes}`);
    }),
  /** Files, into the pod or out of it. */
  async copy({ way, from, to }) {
    let result;
    const cost = await costOf(async () => (result = await client[way]({ from, to })));
    return { ...cost, result };
  },
  /** Listens here for what listens at a port of the pod. */
  forward: async ({ remote }) => ({ port: await client.forward({ remote }) }),
  /** All lines of many pods. */
  logs: ({ selector, lines }) =>
    costOf(async () => {
      let got = 0;
      await client.logs({ selector, take: () => got++ });
      if (got !== lines) throw new Error(`${got} lines came, not ${lines}`);
    }),
  /** A command that does not read what it is offered: whether its exit code is known in the end, within so long. */
  async unread({ bytes, mostMs }) {
    const late = new Promise((resolve) => setTimeout(resolve, mostMs, "never settled").unref());
    const command = ["sh", "-c", "sleep 0.15; exit 9"];
    const ended = client.exec({ command, stdin: pieces(bytes), take: () => {} }).catch(() => "lost");
    return { kept: (await Promise.race([ended, late])) === 9 };
  },
};

process.on("message", ({ task, ...how }) => {
  // Whatever it costs to say that a task is over does not belong to it.
  void (async () => process.send(await tasks[task](how)))();
});
process.on("disconnect", () => process.exit());
process.send("ready");
