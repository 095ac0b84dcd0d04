import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request as httpRequest, type RequestOptions } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Cluster } from "@kubewright/core";
import { type ApiServer, startApiServer } from "@kubewright/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "./start-server.ts";

let api: ApiServer;
let cluster: Cluster;
let folder: string;
const running: RunningServer[] = [];

beforeAll(async () => {
  api = await startApiServer();
  cluster = await api.connect();
  folder = mkdtempSync(join(tmpdir(), "kubewright-proxy-"));
  mkdirSync(join(folder, "page", "assets"), { recursive: true });
  for (const [name, content] of Object.entries({
    "page/index.html": "<title>Lamps</title>",
    "page/assets/page.js": "export {};",
    "page/assets/empty.css": "",
    "page/.env": "canary",
    "page/.secrets.json": "canary",
    "page/notes.md": "canary",
    "beside.txt": "canary",
  }))
    writeFileSync(join(folder, name), content);
  symlinkSync(join(folder, "beside.txt"), join(folder, "page", "link.txt"));
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await api.close();
});

const nothing = { listen: 0, prefix: undefined, www: undefined, allow: [], hosts: [], origins: [] };

async function start(given: Partial<Parameters<typeof startServer>[1]> = {}): Promise<RunningServer> {
  const server = await startServer(cluster, { ...nothing, ...given });
  running.push(server);
  return server;
}

async function get(
  options: RequestOptions,
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }> {
  const [response] = await once(httpRequest(options).end(), "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test("a page and its API are one origin", async () => {
  const { address } = await start({ www: join(folder, "page") });
  const { port } = new URL(address);
  const page = await get({ port, path: "/" });
  expect([page.status, page.body]).toEqual([200, "<title>Lamps</title>"]);
  expect(page.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": expect.stringContaining("default-src 'self'"),
    "x-content-type-options": "nosniff",
  });
  const script = await get({ port, path: "/assets/page.js" });
  expect([script.body, script.headers["content-type"]]).toEqual(["export {};", "text/javascript; charset=utf-8"]);
  expect((await get({ port, path: "/assets/empty.css" })).body).toBe("");
  expect(await get({ port, path: "/index.html", method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  expect((await get({ port, path: "/k8s/version" })).status).toBe(200);
});

test.each([
  ["above the folder", "/../beside.txt"],
  ["above the folder, encoded", "/%2e%2e/beside.txt"],
  ["behind a link that leads out", "/link.txt"],
  ["with a dot before its name", "/.env"],
  ["of a type of pages with a dot before its name", "/.secrets.json"],
  ["of a type that no page has", "/notes.md"],
  ["that is a folder", "/assets"],
  ["that is not there", "/none.js"],
  ["with NUL in its name", "/index.html%00.js"],
])("a file %s is not served", async (_, path) => {
  const { address } = await start({ www: join(folder, "page") });
  const answer = await get({ port: new URL(address).port, path });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).not.toContain("canary");
});

test("neither page nor API is served under another name, unless that is given", async () => {
  const { address } = await start({
    www: join(folder, "page"),
    hosts: ["lamps.test"],
    origins: ["https://lamps.test"],
  });
  const { port } = new URL(address);
  for (const path of ["/", "/k8s/version"]) {
    expect((await get({ port, path, headers: { host: "evil.test" } })).status).toBe(403);
    expect((await get({ port, path, headers: { host: "lamps.test", origin: "https://lamps.test" } })).status).toBe(200);
  }
  const foreign = { host: "lamps.test", origin: "http://lamps.test" };
  expect((await get({ port, path: "/k8s/version", headers: foreign })).status).toBe(403);
});

test("a socket is its owner's alone", async () => {
  const socketPath = join(folder, "k8s.sock");
  const server = await start({ listen: socketPath });
  expect(statSync(socketPath).mode & 0o777).toBe(0o600);
  expect((await get({ socketPath, path: "/k8s/version", headers: { host: "localhost" } })).status).toBe(200);
  expect((await get({ socketPath, path: "/k8s/version", headers: { host: "evil.test" } })).status).toBe(403);
  await expect(start({ listen: socketPath })).rejects.toThrow("Invalid --socket: ");
  expect(server.address).toBe(socketPath);
});

test("a port that is in use, and a folder without a page, are told", async () => {
  const { address } = await start();
  await expect(start({ listen: Number(new URL(address).port) })).rejects.toThrow("is in use; pass another");
  await expect(start({ www: join(folder, "page", "assets") })).rejects.toThrow("Invalid --www: ");
  await expect(start({ allow: [{ verbs: ["read" as never], resources: ["pods"] }] })).rejects.toThrow(
    "Invalid allow[1].verbs: ",
  );
});
