/** Before the reason of a test that is left out, so that `npm test` knows it from one that could not run. */
export const laterMark = "later: ";

/** Why a test is left out. What is not "later" asks the server nothing that this one could answer otherwise. */
const why = {
  apply: "server-side apply and strategic merge patches come later",
  definitions: "custom resources come later",
  sockets: "its node, which the tests play, gives commands sockets, which they cannot open again",
  tokens: "its tokens say nothing by themselves",
  workloads: "controllers of workloads and storage, and pods that run, come later",
  roles: "roles as the rule of who may do what come later",
  certificates: "users are known by their tokens, not by client certificates",
  own: "it starts a real control plane of its own",
  client: "it is about the client, or the tests' own tools, alone",
} as const;

/** Files of which nothing runs, with the reason. */
export const laterFiles: Readonly<Record<string, string>> = {
  "test/e2e/call-tokens.test.ts": why.certificates,
  "test/e2e/codegen.test.ts": why.definitions,
  "test/e2e/coming-from-client-node.test.ts": why.definitions,
  "test/e2e/connecting-doc.test.ts": why.certificates,
  "test/e2e/credentials-rotation.test.ts": why.own,
  "test/e2e/custom-resource.test.ts": why.definitions,
  "test/e2e/examples.test.ts": why.workloads,
  "test/e2e/in-cluster.test.ts": why.workloads,
  "test/e2e/kubeconfig.test.ts": why.client,
  "test/e2e/lossless.test.ts": why.definitions,
  "test/e2e/manifests.test.ts": why.apply,
  "test/e2e/rollout-as-kubectl.test.ts": why.client,
  "test/e2e/yaml-as-kubectl.test.ts": why.client,
  "test/faults/fault-proxy.test.ts": why.client,
  "test/faults/informer-access.test.ts": why.roles,
  "test/faults/informer-restarts.test.ts": why.own,
  "test/faults/logs-restarts.test.ts": why.own,
  "test/protobuf/custom-resources.test.ts": why.definitions,
  "test/protobuf/go-objects.test.ts": why.client,
  "test/protobuf/golden.test.ts": why.client,
  "test/protobuf/newer-server.test.ts": why.own,
  "test/protobuf/watch-ends.test.ts": why.own,
  "test/protobuf/wire-facts.test.ts": why.definitions,
  "test/streams/terminal.test.ts": why.client,
};

/** By file, what a test's full name has in it that is left out, with the reason. */
export const laterTests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "test/e2e/apply-all.test.ts": {
    "names that another definition has": why.apply,
    "a definition that": why.apply,
    "a namespace that is being deleted": why.apply,
    "a namespace on an object": why.apply,
  },
  "test/e2e/credentials.test.ts": {
    "a client certificate": why.certificates,
    "every kubeconfig of the control plane": why.certificates,
  },
  "test/e2e/documentation.test.ts": {
    "README.md": why.apply,
    "docs/any-kind.md": why.apply,
    "docs/custom-resources.md": why.definitions,
    "docs/encodings.md": why.apply, // it shows managedFields
    "docs/helpers.md": why.workloads,
    "docs/logs.md": why.workloads,
    "docs/pod-streams.md": why.workloads,
    "docs/types.md": why.workloads,
    "docs/watching.md": why.workloads,
  },
  "test/e2e/flow-control.test.ts": { "an eviction that is refused": why.workloads },
  "test/e2e/kinds.test.ts": {
    "strategic merge patch, apply": why.apply,
    "persistentVolumes >": why.workloads, // those of other files stay
    "persistentVolumeClaims > delete": why.workloads,
  },
  "test/e2e/micro-times.test.ts": { "a lease and an event": why.apply },
  "test/e2e/proxied-requests.test.ts": { "what stands behind a pod": why.workloads },
  "test/e2e/subresources.test.ts": {
    "status is written": why.apply,
    "a disruption budget is one attempt": why.workloads,
    "ephemeralcontainers and resize": why.apply,
  },
  "test/e2e/tour.test.ts": {
    "gives the whole tour": why.apply,
    "cleans up": why.apply,
    "uses a definition": why.definitions,
  },
  "test/e2e/wait-for.test.ts": {
    "is rolled out": why.workloads,
    "a pod >": why.workloads,
    "a Deployment >": why.workloads,
    "a Job >": why.workloads,
    "its definition is waited for": why.definitions,
    "a condition counts": why.definitions,
  },
  "test/e2e/writes.test.ts": {
    "server-side apply": why.apply,
    "strategic merge": why.apply,
    Orphan: why.apply,
  },
  "test/faults/credentials-stay.test.ts": { "identities on the real server": why.certificates },
  "test/faults/failover.test.ts": { "failover to the other API server": why.own },
  "test/faults/informer-heals.test.ts": { "without a watch cache": why.own },
  "test/protobuf/generated.test.ts": { "a module of a custom resource": why.definitions },
  "test/streams/attach.test.ts": {
    "the rights to get pods": why.roles,
    "all of them, as somebody else": why.roles,
  },
  "test/streams/kubelet.test.ts": {
    "24 of 1 MB at once, on both streams": why.sockets,
  },
  "test/streams/refusals.test.ts": {
    "a token that says itself that it has expired": why.tokens,
    "the right to get alone": why.roles,
    "the second of two groups": why.roles,
    "a client certificate": why.certificates,
    "a token of one call": why.roles,
  },
  "test/protobuf/statuses.test.ts": { "429": why.workloads },
};
