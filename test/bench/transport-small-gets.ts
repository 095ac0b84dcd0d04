import { fork } from "node:child_process";
import { once } from "node:events";
import { connect as connectH2 } from "node:http2";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { type ApiRequest, createResends, type Transport } from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { Agent as UndiciAgent, request as undiciRequest } from "undici";

import { createAuthority } from "../support/certificates.ts";

// Small GETs over a kept connection: our transport beside the bare modules under it and undici, interleaved in one run against
// one server. Each protocol is compared with itself. `--requests` per round (4000), `--rounds` (7).

interface Contender {
  readonly name: string;
  get(path: string): Promise<number>;
  close(): Promise<unknown>;
}

interface Round {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

const { values } = parseArgs({ options: { requests: { type: "string" }, rounds: { type: "string" } } });
const requests = Number(values.requests ?? 4000);
const rounds = Number(values.rounds ?? 7);
const fields = {
  accept: "application/json",
  authorization: `Bearer ${"t".repeat(800)}`,
  "user-agent": "kubewright/0.1.0 (linux) bench",
};

const authority = createAuthority();
const { cert, key } = authority.issue();
const { ca } = authority;
const child = fork(fileURLToPath(new URL("transport-server.ts", import.meta.url)), {
  env: { ...process.env, CERT: cert, KEY: key },
});
const [port] = (await once(child, "message")) as [number];
const origin = `https://127.0.0.1:${port}`;

function ours(protocol: "auto" | "http/1.1"): Contender {
  const transport: Transport = createNodeTransport({ server: origin, ca, protocol, compression: false });
  const headers = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
  const safe = { method: "GET", replay: "safe" } as const;
  const base = { verb: "get", method: "GET", query: "", headers, body: undefined, signal: undefined } as const;
  return {
    name: "kubewright",
    async get(path) {
      const request: ApiRequest = { ...base, path, streaming: false, replay: "safe", resends: createResends(safe) };
      const response = await transport.send(request);
      let bytes = 0;
      for await (const chunk of response.body) bytes += chunk.byteLength;
      return bytes;
    },
    close: () => transport.close(),
  };
}

function bareH2(): Contender {
  const session = connectH2(origin, { ca });
  return {
    name: "node:http2",
    get: (path) =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ":path": path, ...fields });
        let bytes = 0;
        stream.on("data", (chunk: Buffer) => (bytes += chunk.byteLength));
        stream.on("end", () => resolve(bytes));
        stream.on("error", reject);
      }),
    close: () => new Promise<void>((resolve) => session.close(resolve)),
  };
}

function bareH1(): Contender {
  const agent = new HttpsAgent({ keepAlive: true, ca });
  return {
    name: "node:https",
    get: (path) =>
      new Promise((resolve, reject) => {
        const request = httpsRequest({ host: "127.0.0.1", port, path, agent, headers: fields }, (response) => {
          let bytes = 0;
          response.on("data", (chunk: Buffer) => (bytes += chunk.byteLength));
          response.on("end", () => resolve(bytes));
          response.on("error", reject);
        });
        request.on("error", reject);
        request.end();
      }),
    close: async () => agent.destroy(),
  };
}

function undici(allowH2: boolean): Contender {
  const dispatcher = new UndiciAgent({ allowH2, connect: { ca } });
  return {
    name: "undici.request",
    async get(path) {
      const { body } = await undiciRequest(origin + path, { dispatcher, headers: fields });
      return (await body.arrayBuffer()).byteLength;
    },
    close: () => dispatcher.close(),
  };
}

async function round(contender: Contender, path: string, count: number, parallel: number): Promise<Round> {
  let left = count;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await contender.get(path);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / seconds, cpuMicros: (user + system) / count };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** Interleaves the contenders and prints medians; the ratio is against the best of the others. */
async function compare(title: string, contenders: readonly Contender[], path: string, count: number, parallel: number) {
  const results = new Map(contenders.map((contender) => [contender, [] as Round[]]));
  for (const contender of contenders) await round(contender, path, Math.ceil(count / 4), parallel);
  for (let i = 0; i < rounds; i++) {
    for (let j = 0; j < contenders.length; j++) {
      const contender = contenders[(i + j) % contenders.length] as Contender;
      results.get(contender)?.push(await round(contender, path, count, parallel));
    }
  }
  const rows = contenders.map((contender) => {
    const all = results.get(contender) ?? [];
    return {
      name: contender.name,
      perSecond: median(all.map((one) => one.perSecond)),
      cpuMicros: median(all.map((one) => one.cpuMicros)),
    };
  });
  const floor = Math.max(...rows.slice(1).map((row) => row.perSecond));
  const floorCpu = Math.min(...rows.slice(1).map((row) => row.cpuMicros));
  console.log(`\n${title}`);
  for (const { name, perSecond, cpuMicros } of rows) {
    const ratios = `${(perSecond / floor).toFixed(2)} of the best, CPU ${(cpuMicros / floorCpu).toFixed(2)}`;
    const cpu = cpuMicros < 1000 ? `${cpuMicros.toFixed(1)} µs` : `${(cpuMicros / 1000).toFixed(1)} ms`;
    console.log(
      `  ${name.padEnd(16)}${perSecond.toFixed(perSecond < 100 ? 1 : 0).padStart(7)}/s ${cpu.padStart(9)} CPU each   ${ratios}`,
    );
  }
}

try {
  for (const [protocol, contenders] of [
    ["HTTP/2", [ours("auto"), bareH2(), undici(true)]],
    ["HTTP/1.1", [ours("http/1.1"), bareH1(), undici(false)]],
  ] as const) {
    await compare(`${protocol}, small GETs one after another`, contenders, "/small", requests, 1);
    await compare(`${protocol}, small GETs, 32 at once`, contenders, "/small", requests, 32);
    await compare(`${protocol}, 50 MB bodies`, contenders, "/big", 2, 1);
    for (const contender of contenders) await contender.close();
  }
} finally {
  child.disconnect();
  authority.remove();
}
