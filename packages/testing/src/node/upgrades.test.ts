import { connect as connectTls } from "node:tls";
import type { Cluster } from "@kubewright/core";
import { CoreV1, type PodResource } from "@kubewright/api/core/v1";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusal } from "../../../../test/support/api-request.ts";
import { type ApiServer, startApiServer } from "./start-api-server.ts";

let api: ApiServer;
let cluster: Cluster;
let pods: PodResource;
beforeEach(async () => {
  api = await startApiServer({ controllers: false });
  cluster = await api.connect();
  const core = cluster.api(CoreV1);
  pods = core.pods.in("default");
  await core.serviceAccounts.in("default").create({ metadata: { name: "default" } });
  const spec = { nodeName: "node-1", containers: [{ name: "app", image: "image" }] };
  await pods.create({ metadata: { name: "web-0" }, spec });
});
afterEach(() => api.close());

const command = ["cat"];

test("over the network a command gets its input, and gives output and code", async () => {
  api.onExec({}, async ({ stdin, stdout }) => {
    for await (const bytes of stdin) await stdout(bytes);
    return 3;
  });
  const size = 4 * 1024 * 1024;
  const run = await pods.exec("web-0", { command, stdin: new Uint8Array(size).fill(7) });
  let seen = 0;
  for await (const bytes of run.stdout) seen += bytes.byteLength;
  expect([seen, await run.exit]).toEqual([size, { exitCode: 3 }]);
  expect(api.requests().at(-1)).toMatchObject({ verb: "get", subresource: "exec", name: "web-0", status: 101 });
});

test("refusals are answers, with their bodies", async () => {
  api.onExec({}, () => 0);
  expect(await refusal(pods.exec("none", { command }))).toContain('StatusError: NotFound: pods "none" not found');
  api.protocols("1.29");
  expect(await refusal(pods.exec("web-0", { command, stdin: "text" }))).toContain("SubprotocolNotSpoken");
  expect(await pods.exec("web-0", { command }).output()).toMatchObject({ exitCode: 0 });
});

test.each(["cut", "reset"] as const)("a session that is %s breaks off", async (how) => {
  api.onExec({}, async ({ stdout, stdin }) => {
    await stdout("up");
    for await (const _ of stdin);
  });
  api.faults.on({ resource: "pods/exec" })[how]({ messages: 2 });
  const run = await pods.exec("web-0", {
    command,
    stdin: (async function* () {
      await new Promise(() => {});
      yield "";
    })(),
  });
  const ended = refusal(run.exit);
  await pods.list();
  api.faults.disconnect({ resource: "pods/exec" });
  expect(await ended).toMatch(/^ConnectionError: /);
});

test("what is no handshake of a WebSocket is refused, and another upgrade is a request like any other", async () => {
  const ask = async (...lines: readonly string[]): Promise<string> => {
    const socket = connectTls({ port: Number(new URL(api.url).port), host: "127.0.0.1", ca: api.ca });
    socket.write(["GET /version HTTP/1.1", "host: x", "connection: Upgrade", ...lines, "", ""].join("\r\n"));
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    return text;
  };
  expect(await ask("upgrade: websocket", "sec-websocket-version: 8")).toMatch(
    /^HTTP\/1\.1 400 .*sec-websocket-version/s,
  );
  expect(await ask("upgrade: h2c")).toMatch(/^HTTP\/1\.1 200 .*gitVersion/s);
});

test("the server ends, and its sessions with it", async () => {
  api.onExec({}, async ({ stdin }) => {
    for await (const _ of stdin);
  });
  const own = await api.connect();
  const run = await own
    .api(CoreV1)
    .pods.in("default")
    .exec("web-0", { command, tty: { columns: 1, rows: 1 } });
  const ended = refusal(run.exit);
  await api.close();
  expect(await ended).toMatch(/^ConnectionError: /);
});
