import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isAlreadyExists, isExpired } from "@kubewright/core";
import { connect } from "@kubewright/node";
import { CoreV1 } from "@kubewright/api/core/v1";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { startApiServer } from "./start-api-server.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "kubewright-state-")), "state");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const named = (name: string) => ({ metadata: { name } });

test("the next server goes on where one ended: objects, versions, address and token", async () => {
  const first = await startApiServer({ controllers: false, state: folder });
  const cluster = await connect({ kubeconfigText: first.kubeconfig });
  const maps = cluster.api(CoreV1).configMaps.in("default");
  const made = await maps.create({ ...named("a"), data: { b: "c" } });
  await maps.create(named("gone"));
  const watch = maps.watch({ resourceVersion: made.metadata.resourceVersion })[Symbol.asyncIterator]();
  expect((await watch.next()).value).toMatchObject({ type: "ADDED", object: named("gone") });
  await maps.delete("gone");
  expect((await watch.next()).value).toMatchObject({ type: "DELETED" });
  const end = watch.next();
  await first.close();
  expect(await end).toMatchObject({ done: true });

  await using second = await startApiServer({ controllers: false, state: folder });
  expect([second.url, second.kubeconfig]).toEqual([first.url, first.kubeconfig]);
  const { items, metadata } = await maps.list();
  expect(items).toEqual([expect.objectContaining({ metadata: made.metadata, data: made.data })]);
  expect(Number(metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion) + 1);
  expect(isAlreadyExists(await rejection(maps.create(named("a"))))).toBe(true);
  const { resourceVersion } = made.metadata;
  expect(isExpired(await rejection(maps.watch({ resourceVersion })[Symbol.asyncIterator]().next()))).toBe(true);
  second.reset();
  expect((await maps.list()).items).toEqual([]);
  await cluster.close();
});

test("what belongs to nobody any more is found after a restart too", async () => {
  const first = await startApiServer({ controllers: false, state: folder });
  const maps = (await first.connect()).api(CoreV1).configMaps.in("default");
  const { metadata } = await maps.create(named("owner"));
  const owner = { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: metadata.uid };
  await maps.create({ metadata: { name: "owned", ownerReferences: [owner] } });
  await maps.delete("owner");
  await first.close();
  await using second = await startApiServer({ state: folder });
  const again = (await second.connect()).api(CoreV1).configMaps.in("default");
  await expect
    .poll(async () => (await again.list({ fieldSelector: "metadata.name!=kube-root-ca.crt" })).items)
    .toEqual([]);
});

test("a folder belongs to one server at a time, and to one user", async () => {
  await using _first = await startApiServer({ controllers: false, state: folder });
  expect(await rejection(startApiServer({ controllers: false, state: folder }))).toMatchObject({
    name: "InputError",
    message: `Invalid state: another server has ${folder} open; end it, or take another folder`,
  });
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(statSync(join(folder, "server.json")).mode & 0o077).toBe(0);
});

test("what was answered is kept, however the process ends", { timeout: 30_000 }, async () => {
  const program = `
    import { startApiServer } from ${JSON.stringify(import.meta.resolve("../index.ts"))};
    const api = await startApiServer({ controllers: false, state: ${JSON.stringify(folder)} });
    const cluster = await api.connect();
    const path = "/api/v1/namespaces/default/configmaps";
    for (let i = 0; ; i++) {
      const body = JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "map-" + i } });
      await cluster.request({ method: "POST", path, body, headers: { "content-type": "application/json" } });
      console.log(i);
    }`;
  const args = ["--conditions=kubewright-source", "--input-type=module", "--eval", program];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let answered = -1;
  for await (const line of createInterface(child.stdout)) {
    answered = Number(line);
    if (answered >= 200) child.kill("SIGKILL");
  }
  await ended;
  expect(answered).toBeGreaterThanOrEqual(200);
  await using api = await startApiServer({ controllers: false, state: folder });
  const { items } = await (await api.connect()).api(CoreV1).configMaps.in("default").list();
  const names = new Set(items.map(({ metadata }) => metadata.name));
  for (let i = 0; i <= answered; i++) expect(names).toContain(`map-${i}`);
});
