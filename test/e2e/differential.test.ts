import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiServer } from "../../packages/testing/src/web.ts";
import { startControlPlane, type ControlPlane } from "../controlplane/start.ts";
import { cells } from "../differential/cells.ts";
import type { Send } from "../differential/exchange.ts";
import { play, type Played } from "../differential/play.ts";

/** How many answers of each cell are equal, of those to its first six seeds. They may only become more. */
const reached: Readonly<Record<string, number>> = {
  "create, read, delete": 30,
  "merge patch": 24,
  "json patch": 12,
  update: 24,
  lists: 62,
  "unknown fields": 14,
  finalizers: 18,
  "wrong metadata": 24,
  "wrong bodies": 24,
};

const seeds = 6;
// One of its own, without controllers, whose writes would come at any time.
let controlPlane: ControlPlane;
let agent: Agent;
beforeAll(async () => {
  controlPlane = await startControlPlane({ apiOnly: true });
  agent = new Agent({ ca: readFileSync(controlPlane.caFile), keepAlive: true });
});
afterAll(async () => {
  agent.destroy();
  await controlPlane.stop();
});

const real: Send = ({ method, path, body, contentType = "application/json", accept = "application/json" }) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(controlPlane.server);
    const headers = {
      authorization: `Bearer ${controlPlane.admin.token}`,
      accept,
      ...(body === undefined ? {} : { "content-type": contentType }),
    };
    request({ agent, hostname, port, method, path, headers })
      .on("error", reject)
      .on("response", (answer) => {
        const chunks: Buffer[] = [];
        answer.on("error", reject).on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers as Record<string, string>,
            body: parsed(Buffer.concat(chunks).toString()),
          });
        });
      })
      .end(body === undefined ? undefined : JSON.stringify(body));
  });

const { serve } = createApiServer({ controllers: false });
const ours: Send = async ({ method, path, body, contentType = "application/json", accept = "application/json" }) => {
  const [bare = "", query = ""] = path.split("?");
  const headers: Record<string, string> = { accept, ...(body === undefined ? {} : { "content-type": contentType }) };
  const answer = await serve({
    method,
    path: bare,
    query,
    headers: { get: (name) => headers[name] },
    body: body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body)),
    signal: new AbortController().signal,
  });
  if (!(answer.body instanceof Uint8Array)) throw new Error("a stream");
  return {
    status: answer.status,
    headers: Object.fromEntries(Object.entries(answer.headers).map(([name, values]) => [name, values.join(", ")])),
    body: parsed(new TextDecoder().decode(answer.body)),
  };
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

test.each(Object.entries(cells))("%s", async (name, sequence) => {
  let equal = 0;
  let all = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const namespace = `cell-${name.replaceAll(/\W/g, "")}-${seed}`;
    const both: (readonly Played[])[] = [];
    for (const send of [real, ours]) {
      await send({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: namespace } } });
      both.push(await play(sequence, send, seed, namespace));
    }
    const [expected = [], found = []] = both;
    all += expected.length;
    equal += expected.filter(({ answer }, index) => isDeepStrictEqual(answer, found[index]?.answer)).length;
  }
  console.log(`${name}: ${equal} of ${all} answers are equal`);
  expect(equal).toBeGreaterThanOrEqual(reached[name] ?? all);
});
