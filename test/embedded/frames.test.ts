import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { expect, onTestFinished, test } from "vitest";
import { createApiServer } from "../../packages/testing/src/web.ts";
import { asking, type Came, makePods, upgrades } from "../streams/upgrades.ts";

const recordedFile = new URL("../streams/frames.json", import.meta.url);
const recorded = JSON.parse(readFileSync(recordedFile, "utf8")) as Readonly<Record<string, Came>>;

// Refusals and frames, with the same commands, as a real server was recorded to give them.
test.each(Object.entries(upgrades))("%s: as recorded", async (name, upgrade) => {
  const api = createApiServer({ controllers: false });
  onTestFinished(() => api.close());
  const command = asking();
  const cluster = await connect({ transport: api.transport(), interceptors: [command.interceptor] });
  onTestFinished(() => cluster.close());
  const core = cluster.api(CoreV1);
  await core.serviceAccounts.in("default").create({ metadata: { name: "default" } });
  await makePods(core.pods.in("default"), "node-1");
  api.onExec({}, async ({ command: [program = "", ...rest], stdin, stdout, stderr }) => {
    const child = spawn(program, rest);
    child.stdout.on("data", (data: Buffer) => void stdout(data));
    child.stderr.on("data", (data: Buffer) => void stderr(data));
    void (async () => {
      for await (const data of stdin) child.stdin.write(data);
      child.stdin.end();
    })();
    const [code] = (await once(child, "close")) as [number];
    return code;
  });
  expect(await command.ask(cluster, "default", upgrade)).toEqual(recorded[name]);
});
