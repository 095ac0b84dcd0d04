import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster();
const own = ownNamespace(held, "streams-");
const pods = () => held.cluster.api(CoreV1).pods.in(own.namespace);

const speaker = (name: string, script: string, restartPolicy: "Always" | "Never" = "Never") => ({
  metadata: { name },
  spec: {
    containers: [{ name: "main", image: "local", command: ["sh", "-c", script] }],
    restartPolicy,
    terminationGracePeriodSeconds: 0,
  },
});

async function lines(stream: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of stream) all.push(line);
  return all;
}

async function phase(name: string, wanted: string): Promise<void> {
  await eventually(
    async () => ((await pods().get(name)).status.phase === wanted ? true : undefined),
    `${name} is ${wanted}`,
  );
}

test("a log as lines: all, the tail, with times, and a last line without its end", async () => {
  await pods().create(speaker("said", "echo one; echo zwei ä €😀; printf three"));
  await phase("said", "Succeeded");
  expect(await lines(pods().log("said"))).toEqual(["one", "zwei ä €😀", "three"]);
  expect(await lines(pods().log("said", { tailLines: 1, container: "main" }))).toEqual(["three"]);
  const [timed] = await lines(pods().log("said", { timestamps: true, limitBytes: 60 }));
  expect(timed).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z one$/);
});

test("follow sends lines as they come and ends with the container; leaving the loop closes it", async () => {
  await pods().create(speaker("follows", "for i in 1 2 3 4 5; do echo $i; sleep 0.3; done"));
  await phase("follows", "Running");
  const times: number[] = [];
  const all: string[] = [];
  for await (const line of pods().log("follows", { follow: true })) {
    all.push(line);
    times.push(performance.now());
  }
  expect(all).toEqual(["1", "2", "3", "4", "5"]);
  expect((times.at(-1) as number) - (times[0] as number)).toBeGreaterThan(300);
  for await (const line of pods().log("follows", { follow: true })) {
    expect(line).toBe("1");
    break;
  }
});

test("a container's restart: the run before, the run now, and following the new one", async () => {
  const script = 'if [ -e "$MARK/run" ]; then echo second; sleep 1000; else touch "$MARK/run"; echo first; exit 1; fi';
  const pod = speaker("restarts", script, "Always");
  const [main] = pod.spec.containers;
  await pods().create({
    ...pod,
    spec: {
      ...pod.spec,
      containers: [
        {
          ...(main as object),
          name: "main",
          env: [{ name: "MARK", value: "/mark" }],
          volumeMounts: [{ name: "mark", mountPath: "/mark" }],
        },
      ],
      volumes: [{ name: "mark", emptyDir: {} }],
    },
  });
  const first = await eventually(async () => {
    const { status } = await pods().get("restarts");
    return status.containerStatuses?.[0]?.restartCount === 1 && status.containerStatuses[0].state?.running
      ? status
      : undefined;
  }, "the container runs again");
  expect(first.containerStatuses?.[0]?.lastState?.terminated?.exitCode).toBe(1);
  expect(await lines(pods().log("restarts", { previous: true }))).toEqual(["first"]);
  for await (const line of pods().log("restarts", { follow: true })) {
    expect(line).toBe("second");
    break;
  }
  await pods().delete("restarts");
});

test("errors: a pod that is not there, a container that is not there, one that has not started", async () => {
  await expect(lines(pods().log("nobody"))).rejects.toMatchObject({ reason: "NotFound" });
  await expect(lines(pods().log("said", { container: "other" }))).rejects.toMatchObject({ reason: "BadRequest" });
});
