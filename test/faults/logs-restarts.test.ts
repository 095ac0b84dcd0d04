import { readFileSync } from "node:fs";

import { connect, type LogEvent, logs } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { eventually } from "../support/eventually.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { closing, measured } from "./support.ts";

// A control plane of its own, whose API servers go one after the other while logs are followed.

const held = closing();
let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane({ second: true });
});
afterAll(() => plane?.stop());

const count = 4000;
// About 15 seconds, so that both servers go meanwhile.
const script = `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo $i; [ $((i % 25)) = 0 ] && sleep 0.1; done; sleep 1000`;

test("both API servers go in turn, killed and told to end: each line of each container once, in order, and no gap", async () => {
  const servers = { first: plane.server, second: plane.secondServer?.server ?? "" };
  const ca = readFileSync(plane.caFile, "utf8");
  const { token } = plane.admin;
  const direct = await held(connect({ kubeconfig: plane.admin.kubeconfig }));
  const proxy = await held(startFaultProxy(servers.first));
  const cluster = await held(connect({ server: proxy.url, ca, token }));
  await eventually(
    async () => ((await direct.api(CoreV1).serviceAccounts.in("default").list()).items.length > 0 ? true : undefined),
    "pods may be made",
  );
  const names = ["one", "two"];
  for (const name of names) {
    const containers = ["a", "b"].map((container) => ({
      name: container,
      image: "local",
      command: ["sh", "-c", script],
    }));
    const spec = { containers, terminationGracePeriodSeconds: 0 };
    await direct
      .api(CoreV1)
      .pods.in("default")
      .create({ metadata: { name, labels: { app: "numbers" } }, spec });
  }

  const seen = new Map<string, string[]>();
  const events: LogEvent[] = [];
  const total = names.length * 2 * count;
  let received = 0;
  let going: Promise<void> | undefined;
  const goInTurn = async (): Promise<void> => {
    proxy.switchTo(servers.second);
    await plane.kill("kube-apiserver");
    await plane.start("kube-apiserver");
    proxy.switchTo(servers.first);
    await plane.stop("kube-apiserver-second");
    await plane.start("kube-apiserver-second");
  };
  for await (const { pod, container, line } of logs(cluster.api(CoreV1).pods.in("default"), {
    labelSelector: "app=numbers",
    follow: true,
    onEvent: (event) => events.push(event),
  })) {
    const key = `${pod}/${container}`;
    const lines = seen.get(key) ?? [];
    seen.set(key, lines);
    lines.push(line);
    received += 1;
    if (received > 500) going ??= goInTurn();
    if (received === total) break;
  }
  await going;
  const all = Array.from({ length: count }, (_, index) => String(index + 1));
  for (const [key, lines] of seen) expect({ key, lines }).toEqual({ key, lines: all });
  expect(events.filter(({ type }) => type === "gap")).toEqual([]);
  measured("reads that failed while both API servers went", events.filter(({ type }) => type === "failed").length);
}, 180_000);
