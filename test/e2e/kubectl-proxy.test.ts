import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { connectProxy } from "@kubewright/browser";
import { informer } from "@kubewright/runtime";
import { CoreV1 } from "kubewright/core/v1";
import { expect, inject, test } from "vitest";
import { kubectlEnvironment } from "../controlplane/kubectl.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

interface KubectlProxy extends AsyncDisposable {
  readonly port: number;
}

async function startKubectlProxy(port = 0): Promise<KubectlProxy> {
  const info = inject("controlPlane");
  const child = spawn(info.binary, ["kubectl", "proxy", `--port=${port}`], {
    env: { ...process.env, ...kubectlEnvironment(info), KUBECONFIG: info.admin.kubeconfig },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return {
    port: Number(/:(\d+)$/.exec(line)?.[1]),
    async [Symbol.asyncDispose]() {
      child.kill();
      await exit;
    },
  };
}

const held = adminCluster();
const made = ownNamespace(held);

test("a page behind kubectl proxy watches on a connection for each, says so once, and goes on when it is started anew", async () => {
  const warnings: string[] = [];
  const first = await startKubectlProxy();
  const page = connectProxy({
    baseUrl: `http://127.0.0.1:${first.port}`,
    onWarning: (text) => void warnings.push(text),
  });
  const maps = page.api(CoreV1).configMaps.in(made.namespace);
  const cache = informer(maps);
  const secrets = informer(page.api(CoreV1).secrets.in(made.namespace));
  await Promise.all([cache.synced(), secrets.synced()]);
  expect(warnings).toEqual([expect.stringContaining("takes no subscriptions")]);

  const { metadata } = await maps.create({ metadata: { name: "colours" }, data: { sky: "blue" } });
  await cache.atLeast(metadata.resourceVersion);
  expect(cache.get("colours")?.data).toEqual({ sky: "blue" });

  await first[Symbol.asyncDispose]();
  await eventually(() => cache.health.state === "recovering" || undefined, "the watch is lost");
  const theirs = held.cluster.api(CoreV1).configMaps.in(made.namespace);
  await theirs.patch("colours", { merge: { data: { sky: "grey" } } });
  await using second = await startKubectlProxy(first.port);
  expect(second.port).toBe(first.port);
  await eventually(() => cache.get("colours")?.data?.["sky"] === "grey" || undefined, "the change is there");
  expect(cache.health.state).toBe("streaming");
  expect(warnings).toHaveLength(1);
  await page.close();
});
