import { shortfallOf } from "@kubewright/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { kubectl } from "../controlplane/kubectl.ts";
import { type HandlerServer, type ReceivedRequest, startHandlerServer } from "../support/handler-server.ts";

// The real kubectl reads states from a server of the test's own: on the real one, controllers would change them.

interface Workload {
  readonly apiVersion: "apps/v1";
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation: number; readonly resourceVersion: string };
  readonly spec: object;
  readonly status: object;
}

const states = 60;
const count = fc.integer({ min: 0, max: 3 });
const observedGeneration = fc.constantFrom(undefined, 1, 2, 2, 2, 2);
const exceeded = [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message: "too late" }];
const progressing = [{ type: "Progressing", status: "True", reason: "ReplicaSetUpdated" }];
// Mostly states that are nearly as wanted.
const near = fc.constantFrom(3, 3, 3, 2, 4);

const kinds = {
  deployments: {
    kind: "Deployment",
    spec: fc.record({ replicas: fc.constantFrom(0, 3, 3) }),
    status: fc.record({
      observedGeneration,
      replicas: near,
      updatedReplicas: near,
      availableReplicas: fc.oneof(near, count),
      conditions: fc.constantFrom(undefined, progressing, progressing, progressing, exceeded),
    }),
  },
  statefulsets: {
    kind: "StatefulSet",
    spec: fc.record({
      replicas: fc.constantFrom(0, 3, 3),
      updateStrategy: fc.record({ type: fc.constant("RollingUpdate"), rollingUpdate: fc.record({ partition: count }) }),
    }),
    status: fc.record({
      observedGeneration,
      replicas: near,
      readyReplicas: near,
      updatedReplicas: fc.oneof(near, count),
    }),
  },
  daemonsets: {
    kind: "DaemonSet",
    spec: fc.constant({ updateStrategy: { type: "RollingUpdate" } }),
    status: fc.record({
      observedGeneration,
      desiredNumberScheduled: near,
      updatedNumberScheduled: near,
      numberAvailable: near,
    }),
  },
} as const;
type Plural = keyof typeof kinds;

function sample(plural: Plural): readonly Workload[] {
  const { kind, spec, status } = kinds[plural];
  const sampled = fc.sample(fc.tuple<[object, object]>(spec, status), { numRuns: states, seed: 7 });
  return sampled.map(([itsSpec, itsStatus], index) => ({
    apiVersion: "apps/v1",
    kind,
    metadata: { name: `w${index}`, generation: 2, resourceVersion: "5" },
    spec: itsSpec,
    status: itsStatus,
  }));
}

const workloads: Readonly<Record<Plural, readonly Workload[]>> = {
  deployments: sample("deployments"),
  statefulsets: sample("statefulsets"),
  daemonsets: sample("daemonsets"),
};

/** What kubectl asks a server for to find out about these resources. */
function answer({ path, query }: ReceivedRequest): readonly object[] {
  const parameters = new URLSearchParams(query);
  const [, plural = ""] = /^\/apis\/apps\/v1\/namespaces\/default\/(\w+)$/.exec(path) ?? [];
  if (Object.hasOwn(workloads, plural)) {
    const all = workloads[plural as Plural];
    const selector = parameters.get("fieldSelector");
    const items = all.filter(({ metadata }) => selector === null || selector === `metadata.name=${metadata.name}`);
    const { kind } = kinds[plural as Plural];
    if (parameters.get("watch") === null) {
      return [{ kind: `${kind}List`, apiVersion: "apps/v1", metadata: { resourceVersion: "9" }, items }];
    }
    const annotations = { "k8s.io/initial-events-end": "true" };
    const end = { kind, apiVersion: "apps/v1", metadata: { resourceVersion: "9", annotations } };
    return [...items.map((object) => ({ type: "ADDED", object })), { type: "BOOKMARK", object: end }];
  }
  const groupVersion = { groupVersion: "apps/v1", version: "v1" };
  if (path === "/api") return [{ kind: "APIVersions", versions: [] }];
  if (path === "/apis") {
    const groups = [{ name: "apps", versions: [groupVersion], preferredVersion: groupVersion }];
    return [{ kind: "APIGroupList", apiVersion: "v1", groups }];
  }
  const resources = Object.entries(kinds).map(([name, { kind }]) => ({
    name,
    singularName: kind.toLowerCase(),
    namespaced: true,
    kind,
    verbs: ["get", "list", "watch"],
  }));
  return path === "/apis/apps/v1" ? [{ kind: "APIResourceList", groupVersion: "apps/v1", resources }] : [];
}

let server: HandlerServer;
beforeAll(async () => {
  server = await startHandlerServer("http", (request, reply) => {
    const answers = answer(request);
    reply.head(answers.length === 0 ? 404 : 200, { "content-type": "application/json" });
    for (const one of answers) reply.write(`${JSON.stringify(one)}\n`);
    if (!new URLSearchParams(request.query).has("watch")) reply.end();
  });
});
afterAll(() => server.close());

test.each(Object.keys(kinds) as Plural[])(
  "%s are rolled out, or not, as kubectl rollout status says",
  async (plural) => {
    const args = ["rollout", "status", plural, "--watch=false", "-n", "default", `--server=${server.origin}`];
    const { stdout, stderr } = await kubectl(inject("controlPlane"), args, {
      kubeconfig: "/dev/null",
      allowFailure: true,
    });
    const judged = workloads[plural].map((object) => ({ object, shortfall: shortfallOf(object) }));
    const given = judged.filter(({ shortfall }) => shortfall?.final === true);
    for (const { object } of given) {
      expect(stderr).toContain(`deployment "${object.metadata.name}" exceeded its progress deadline`);
    }
    expect(stderr.match(/exceeded its progress deadline/g) ?? []).toHaveLength(given.length);
    const others = judged.filter((one) => !given.includes(one));
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(others.length);
    const differ = others
      .map(({ shortfall, object }, index) => ({ line: lines[index] ?? "", why: shortfall?.why, object }))
      .filter(({ line, why }) => kubectlMeans(line) !== meaning(why));
    expect(differ).toEqual([]);
    // Both must occur, many times.
    const done = others.filter(({ shortfall }) => shortfall === undefined).length;
    expect(Math.min(done, others.length - done)).toBeGreaterThan(5);
  },
);

/** What a line of kubectl comes to: that it is done, or the numbers that it gives. */
function kubectlMeans(line: string): string {
  if (/successfully rolled out|roll out complete/.test(line)) return "done";
  if (line.endsWith("spec update to be observed...")) return "unobserved";
  // Of a StatefulSet it says only how many are missing.
  if (/Waiting for \d+ pods to be ready/.test(line)) return "not ready";
  return (line.replaceAll(/"w\d+"/g, "").match(/\d+/g) ?? [line]).join(" of ");
}

/** The same of our words. */
function meaning(why: string | undefined): string {
  if (why === undefined) return "done";
  if (why === "its controller has not seen its newest spec") return "unobserved";
  if (/^\d+ of \d+ replicas? (?:is|are) ready$/.test(why)) return "not ready";
  return (why.match(/\d+/g) ?? [why]).join(" of ");
}
