import { some } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

/** A real one, of somebody. */
const request =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlITU1IVUNBUUF3RXpFUk1BOEdBMVVFQXd3SWMyOXRaV0p2Wkhrd1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqTwpQUU1CQndOQ0FBUUdZMjdnWEtHc3BucGJ1S0x0UlhwV2R2RVdBSzR3SlR1a2s5bnNzQ0VSNHVzWmlsODE1U0lkClhIVXFmd3NuYWhuQi9wdE9XanBXZEhsRmZSU1FDSVQyb0FBd0NnWUlLb1pJemowRUF3SURSd0F3UkFJZ2Z3RzMKazNSQ25PVmlFZENKQnVGb2M4eDh4ck1KQmxhMXVIdUdXSkIvSjRBQ0lGMk5UTW1UNDJWbDVRaFRBbWNMN2tjRQpteU5rWll2ZHczTzRUYjlweWpIeQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K";

const signing: PlayedKind = {
  path: "/apis/certificates.k8s.io/v1/certificatesigningrequests",
  object: { spec: { request, signerName: "example.com/own", usages: ["client auth"] } },
  right: [
    { spec: { usages: ["client auth", "digital signature"], expirationSeconds: 600 } },
    { spec: { signerName: "a.b/c.d", username: "other", groups: ["others"] } },
    { status: { conditions: [{ type: "Approved", status: "True" }] } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { request: "bm9uc2Vuc2U=" } },
    { spec: { request: null } },
    { spec: { usages: [] } },
    { spec: { usages: ["nonsense", "client auth", "client auth"] } },
    { spec: { signerName: "" } },
    { spec: { signerName: "nonsense" } },
    { spec: { signerName: "single/a" } },
    { spec: { signerName: "Upper.b/C" } },
    { spec: { signerName: "kubernetes.io/legacy-unknown" } },
    { spec: { expirationSeconds: 5 } },
  ],
};

const approval: PlayedKind = {
  ...signing,
  right: [
    { status: { conditions: [{ type: "Approved", status: "True", reason: "a", message: "b" }] } },
    { spec: { signerName: "other.com/a" } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { status: { conditions: [{ type: "Approved", status: "False" }] } },
    { status: { conditions: [{ type: "", status: "" }] } },
    { status: { certificate: "bm9uc2Vuc2U=" } },
    {
      status: {
        conditions: [
          { type: "Approved", status: "True" },
          { type: "Denied", status: "True" },
        ],
      },
    },
  ],
};
const signingStatus: PlayedKind = {
  ...signing,
  right: [
    { status: { conditions: [{ type: "Failed", status: "True" }] } },
    { status: { conditions: [{ type: "Failed", status: "True", message: "again" }] } },
    { spec: { signerName: "other.com/a" } },
  ],
  wrong: [
    { status: { conditions: [{ type: "Approved", status: "True" }] } },
    { status: { conditions: [{ type: "Other", status: "Nonsense" }] } },
  ],
};

const flow = {
  object: { spec: { matchingPrecedence: 9000, priorityLevelConfiguration: { name: "catch-all" } } },
  right: [
    { spec: { distinguisherMethod: { type: "ByUser" } } },
    {
      spec: {
        rules: [
          {
            subjects: [{ kind: "ServiceAccount", serviceAccount: { name: "*", namespace: "nobody" } }],
            resourceRules: [{ verbs: ["get"], apiGroups: [""], resources: ["nothing"], namespaces: ["nobody"] }],
          },
        ],
      },
    },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { matchingPrecedence: -1 } },
    { spec: { matchingPrecedence: 1 } },
    { spec: { matchingPrecedence: 10_001 } },
    { spec: { priorityLevelConfiguration: null } },
    { spec: { priorityLevelConfiguration: { name: "Upper" } } },
    { spec: { rules: [{}] } },
    { spec: { rules: [{ subjects: [{ kind: "Nonsense" }], nonResourceRules: [{}] }] } },
    {
      spec: { rules: [{ subjects: [{ kind: "User" }, { kind: "Group", group: { name: "" } }], resourceRules: [{}] }] },
    },
    {
      spec: {
        rules: [
          {
            subjects: [{ kind: "User", user: { name: "a" }, group: { name: "b" } }],
            nonResourceRules: [{ verbs: ["*", "get"], nonResourceURLs: ["*", "/a"] }],
          },
        ],
      },
    },
  ],
};

/** Without keeping any: a part of the real server writes their status soon after. */
const flowSchemas: Sequence = async ({ send }, chance, namespace) => {
  const path = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas?dryRun=All";
  const changed = [...some<object>(chance, flow.right, 2), ...some<object>(chance, flow.wrong, 5)];
  for (const change of changed) {
    const { spec, metadata } = change as { spec?: object; metadata?: object };
    const body = { metadata: { ...metadata, name: `${namespace}-a` }, spec: { ...flow.object.spec, ...spec } };
    await send({ method: "POST", path, body });
  }
};

const limited = { limitResponse: { type: "Reject" } };
const level: PlayedKind = {
  path: "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
  object: { spec: { type: "Limited", limited } },
  right: [
    { spec: { limited: { nominalConcurrencyShares: 0, lendablePercent: 50, borrowingLimitPercent: 10 } } },
    {
      spec: { limited: { limitResponse: { type: "Queue", queuing: { queues: 8, handSize: 2, queueLengthLimit: 5 } } } },
    },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { type: "Nonsense" } },
    { spec: { type: "Exempt", limited: null } },
    { spec: { limited: null } },
    { spec: { exempt: {} } },
    { spec: { limited: { nominalConcurrencyShares: -1, lendablePercent: 101, borrowingLimitPercent: -1 } } },
    { spec: { limited: { limitResponse: { type: "Nonsense" } } } },
    { spec: { limited: { limitResponse: { type: "Reject", queuing: {} } } } },
    {
      spec: {
        limited: { limitResponse: { type: "Queue", queuing: { queues: -1, handSize: -1, queueLengthLimit: -1 } } },
      },
    },
    { spec: { limited: { limitResponse: { type: "Queue", queuing: { queues: 2, handSize: 3 } } } } },
  ],
};

const hook = {
  name: "a.example.com",
  clientConfig: { url: "https://example.com/a" },
  sideEffects: "None",
  admissionReviewVersions: ["v1"],
};
const rule = { operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] };

/** Webhooks, without keeping any: others would be asked. */
const webhooks: Sequence = async ({ send }, chance, namespace) => {
  const [plural] = some(chance, ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"], 1);
  const path = `/apis/admissionregistration.k8s.io/v1/${plural!}?dryRun=All`;
  const right = [
    {},
    { rules: [rule] },
    { clientConfig: { service: { namespace: "a", name: "b", path: "/c/d" } }, timeoutSeconds: 5 },
    { failurePolicy: "Ignore", matchPolicy: "Exact", namespaceSelector: { matchLabels: { a: "b" } } },
  ];
  const wrong = [
    { name: "" },
    { name: "two.segments" },
    { name: "Not_A_Name" },
    { clientConfig: {} },
    { clientConfig: { url: "http://user@example.com/a?b=c#d" } },
    { clientConfig: { service: { namespace: "", name: "a", port: 70_000, path: "b//C" } } },
    { clientConfig: { service: { namespace: "a", name: "", path: "//" } } },
    { sideEffects: null },
    { sideEffects: "Some" },
    { admissionReviewVersions: [] },
    { admissionReviewVersions: ["v2", "v2", "Upper"] },
    { timeoutSeconds: 31 },
    { failurePolicy: "Nonsense", matchPolicy: "Nonsense" },
    { objectSelector: { matchLabels: { a: "-" } } },
    { rules: [{}] },
    {
      rules: [
        { ...rule, operations: ["*", "Nonsense"], apiGroups: ["*", "a"], apiVersions: ["", "*"], scope: "Nonsense" },
      ],
    },
    {
      rules: [
        { ...rule, resources: ["*", "pods"] },
        { ...rule, resources: ["pods/*", "pods/status", "*/*"] },
      ],
    },
  ];
  for (const change of [...some<object>(chance, right, 2), ...some<object>(chance, wrong, 5)])
    await send({
      method: "POST",
      path,
      body: { metadata: { name: `${namespace}-a` }, webhooks: [{ ...hook, ...change }] },
    });
  await send({ method: "POST", path, body: { metadata: { name: `${namespace}-a` }, webhooks: [hook, hook] } });
};

/** API services have the name of their group and version. */
const apiServices: Sequence = async ({ send }, chance, namespace) => {
  const path = "/apis/apiregistration.k8s.io/v1/apiservices";
  const group = `${namespace}.example.com`;
  const spec = { group, version: "v1", groupPriorityMinimum: 100, versionPriority: 10 };
  const metadata = { name: `v1.${group}` };
  for (const wrong of [
    { metadata: { name: "other" }, spec },
    { metadata, spec: { ...spec, groupPriorityMinimum: chance() < 0.5 ? 0 : 20_001, versionPriority: 1001 } },
    { metadata, spec: { ...spec, caBundle: "AAEC", insecureSkipTLSVerify: true } },
    { metadata, spec: { ...spec, service: { name: "", port: 70_000 } } },
    { metadata: { name: "." }, spec: {} },
  ])
    await send({ method: "POST", path, body: wrong });
  const { body } = await send({
    method: "POST",
    path: `${path}?dryRun=All`,
    body: { metadata, spec: { ...spec, service: { name: "a", namespace: "b" } } },
  });
  await send({ method: "POST", path: `${path}?dryRun=All`, body: { metadata, spec } });
  await send({ method: "PUT", path: `${path}/${metadata.name}`, body });
  await send({ method: "GET", path: `${path}/${metadata.name}` });
};

/** What the server itself is told: certificates, the flow of requests, other servers. */
export const serving: Readonly<Record<string, Sequence>> = {
  "signing requests: create": creations(signing, { wrong: 4 }),
  "signing requests: approval": changes(approval, { subresource: "/approval" }),
  "signing requests: status": changes(signingStatus, { subresource: "/status", wrong: 2 }),
  "flow schemas: dry runs": flowSchemas,
  "priority levels: create": creations(level, { wrong: 4 }),
  "priority levels: change": changes(level),
  "api services: all": apiServices,
  "webhooks: dry runs": webhooks,
};
