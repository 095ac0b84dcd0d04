import { pick, some } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { changes, creations } from "../kinds.ts";

const template = { spec: { containers: [{ name: "a", image: "b" }], restartPolicy: "Never" } };
const job = { path: "/apis/batch/v1/NAMESPACE/jobs", object: { spec: { template } } };
const indexed = { completionMode: "Indexed", completions: 5, parallelism: 2 };

/** Of the spec of Jobs, and of those that CronJobs make. */
const rightSpecs: readonly object[] = [
  { parallelism: 3 },
  { completions: 4, parallelism: 2 },
  { backoffLimit: 0 },
  { activeDeadlineSeconds: 100, ttlSecondsAfterFinished: 0 },
  { suspend: true },
  { completionMode: "NonIndexed" },
  indexed,
  { ...indexed, backoffLimitPerIndex: 1, maxFailedIndexes: 3 },
  { ...indexed, successPolicy: { rules: [{ succeededIndexes: "0,2-3", succeededCount: 2 }] } },
  { podReplacementPolicy: "Failed" },
  { managedBy: "example.com/controller" },
  {
    podFailurePolicy: {
      rules: [
        { action: "FailJob", onExitCodes: { containerName: "a", operator: "In", values: [1, 42] } },
        { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] },
      ],
    },
  },
  { template: { spec: { restartPolicy: "OnFailure" } } },
  { template: { metadata: { labels: { a: "b" } } } },
  { completionMode: "Indexed", completions: 200_000, parallelism: 20_000 },
];

const policy = (rule: object): object => ({ podFailurePolicy: { rules: [rule] } });
const codes = (onExitCodes: object): object => policy({ action: "Count", onExitCodes });
const success = (rule: object): object => ({ ...indexed, successPolicy: { rules: [rule] } });
const wrongSpecs: readonly object[] = [
  { parallelism: -1 },
  { completions: -1, backoffLimit: -1 },
  { activeDeadlineSeconds: -1 },
  { ttlSecondsAfterFinished: -5 },
  { backoffLimitPerIndex: 1 },
  { maxFailedIndexes: 1 },
  { completionMode: "Nonsense" },
  { completionMode: "Indexed" },
  { ...indexed, parallelism: 200_000 },
  { ...indexed, backoffLimitPerIndex: 1, maxFailedIndexes: 9 },
  { completionMode: "Indexed", completions: 200_000, parallelism: 20_000, backoffLimitPerIndex: 1 },
  { podReplacementPolicy: "Nonsense" },
  { managedBy: "controller" },
  { managedBy: "Example.com/controller" },
  { managedBy: `example.com/${"a".repeat(60)}` },
  { podFailurePolicy: { rules: [] }, podReplacementPolicy: "TerminatingOrFailed" },
  { podFailurePolicy: { rules: [] }, template: { spec: { restartPolicy: "OnFailure" } } },
  policy({ onPodConditions: [{ type: "a" }] }),
  policy({ action: "Nonsense", onPodConditions: [{ type: "-", status: "Maybe" }] }),
  policy({ action: "FailIndex" }),
  codes({ operator: "In", values: [0, 2, 1, 2] }),
  codes({ operator: "Near", values: [] }),
  codes({ operator: "NotIn", values: [1], containerName: "other" }),
  { successPolicy: { rules: [{ succeededCount: 1 }] } },
  { ...indexed, successPolicy: { rules: [] } },
  success({}),
  success({ succeededIndexes: "3-2" }),
  success({ succeededIndexes: "0-9" }),
  success({ succeededIndexes: "1-2-3" }),
  success({ succeededIndexes: "one" }),
  success({ succeededIndexes: "2,1" }),
  success({ succeededIndexes: "1", succeededCount: 2 }),
  success({ succeededCount: 7 }),
  { template: { spec: { restartPolicy: "Always" } } },
  { template: { spec: { restartPolicy: "Sometimes" } } },
  { template: { spec: { containers: [] } } },
];

const inJob = (spec: object): { spec: object } => ({ spec });
const inCronJob = (spec: object): { spec: object } => ({ spec: { jobTemplate: { spec } } });

const own = "batch.kubernetes.io/controller-uid";

const cronJob = {
  path: "/apis/batch/v1/NAMESPACE/cronjobs",
  object: { spec: { schedule: "*/5 * * * *", jobTemplate: { spec: { template } } } },
};
const schedules = [
  "0 0 1 1 *",
  "1-5,7 0-23/2 ? jan,Mar sun-tue",
  "@hourly",
  "@every 1h30m",
  "5/10 * * * *",
  "0 12 * * 6",
].map((schedule) => inJob({ schedule }));
const wrongSchedules = [
  "",
  "* * * *",
  "60 * * * *",
  "* * 0 * *",
  "* * * * 7",
  "5-2 * * * *",
  "1-2-3 * * * *",
  "1/2/3 * * * *",
  "*/0 * * * *",
  "a * * * *",
  "*/b * * * *",
  "@nonsense",
  "@every soon",
  "TZ=UTC * * * * *",
  "CRON_TZ=Europe/Berlin 0 * * * *",
].map((schedule) => inJob({ schedule }));

/** A status that follows from another, right or wrong. */
const condition = (...types: string[]): object[] => types.map((type) => ({ type, status: "True" }));
const startTime = "2026-01-01T00:00:00Z";
const completionTime = "2026-01-01T01:00:00Z";
const rightStatuses: readonly object[] = [
  { active: 1, ready: 1, startTime },
  { active: 0, failed: 1, succeeded: 1 },
  { uncountedTerminatedPods: { succeeded: ["a"], failed: ["b"] } },
  { terminating: 2 },
  { startTime },
  { conditions: condition("SuccessCriteriaMet"), startTime },
  { conditions: condition("Complete", "SuccessCriteriaMet"), startTime, completionTime, active: 0, ready: 0 },
];
const wrongStatuses: readonly object[] = [
  { active: -1 },
  { failed: -1, succeeded: -2 },
  { active: 1, ready: 3 },
  { uncountedTerminatedPods: { succeeded: ["a", ""], failed: ["a"] } },
  { completionTime },
  { conditions: condition("Complete", "Failed") },
  { conditions: condition("Complete") },
  { conditions: condition("Failed"), active: 2 },
  { conditions: condition("Complete", "FailureTarget"), completionTime, startTime },
  { conditions: condition("SuccessCriteriaMet", "FailureTarget") },
  { completedIndexes: "1" },
  { failedIndexes: "1" },
];

/** Jobs and CronJobs. */
export const batch: Readonly<Record<string, Sequence>> = {
  "jobs: new ones": creations({
    ...job,
    right: [
      ...rightSpecs.map(inJob),
      { metadata: { name: "with.dots" } },
      inJob({
        manualSelector: true,
        selector: { matchLabels: { a: "b" } },
        template: { metadata: { labels: { a: "b" } } },
      }),
      inJob({ selector: { matchLabels: {} } }),
    ],
    wrong: [
      ...wrongSpecs.map(inJob),
      inJob({ manualSelector: true }),
      inJob({ selector: { matchLabels: { a: "b" } } }),
      inJob({ manualSelector: true, selector: { matchLabels: { a: "b" } } }),
      inJob({ template: { metadata: { labels: { "job-name": "other" } } } }),
      inJob({ selector: { matchLabels: { [own]: "other" } } }),
      { metadata: { name: "n".repeat(63) }, spec: indexed },
    ],
  }),
  "jobs: changes": changes({
    ...job,
    right: [
      inJob({ parallelism: 3 }),
      inJob({ backoffLimit: 9 }),
      inJob({ activeDeadlineSeconds: 9 }),
      inJob({ ttlSecondsAfterFinished: 9 }),
      inJob({ suspend: true }),
      { metadata: { labels: { a: "b" } } },
      inJob({ podReplacementPolicy: "Failed" }),
    ],
    wrong: [
      inJob({ parallelism: -3 }),
      inJob({ completions: 3 }),
      inJob({ completionMode: "Indexed" }),
      inJob({ selector: { matchLabels: { [own]: "other" } } }),
      inJob({ selector: null }),
      inJob({ managedBy: "example.com/a" }),
      inJob({ backoffLimitPerIndex: 3 }),
      inJob({ podFailurePolicy: { rules: [{ action: "Ignore", onPodConditions: [{ type: "a" }] }] } }),
      inJob({ successPolicy: { rules: [{ succeededCount: 1 }] } }),
      inJob({ backoffLimit: -1 }),
      inJob({ podReplacementPolicy: "Nonsense" }),
    ],
  }),
  "jobs: changes of indexed ones": changes({
    ...job,
    object: { spec: { ...job.object.spec, ...indexed, suspend: true, backoffLimitPerIndex: 2 } },
    right: [
      inJob({ completions: 7, parallelism: 7 }),
      inJob({ maxFailedIndexes: 2 }),
      inJob({ template: { spec: { nodeSelector: { disk: "fast" } } } }),
      inJob({ template: { spec: { tolerations: [{ key: "a", operator: "Exists" }] } } }),
      inJob({ template: { spec: { containers: [{ name: "a", image: "b", resources: { limits: { cpu: "1" } } }] } } }),
      inJob({ suspend: false }),
    ],
    wrong: [
      inJob({ completions: 4 }),
      inJob({ completions: null }),
      inJob({ maxFailedIndexes: 100 }),
      inJob({ backoffLimitPerIndex: 3 }),
      inJob({ completionMode: null }),
      inJob({ completionMode: "NonIndexed" }),
    ],
  }),
  "jobs: status": changes(
    {
      ...job,
      right: rightStatuses.map((status) => ({ status })),
      wrong: wrongStatuses.map((status) => ({ status })),
    },
    { subresource: "/status" },
  ),
  "jobs: status of finished ones": async ({ send }, chance, namespace) => {
    const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
    const spec = { template, ...pick(chance, [{}, { ...indexed, backoffLimitPerIndex: 1 }]) };
    await send({ method: "POST", path, body: { metadata: { name: "a" }, spec } });
    const change = (status: object): ReturnType<typeof send> =>
      send({
        method: "PATCH",
        path: `${path}/a/status`,
        contentType: "application/merge-patch+json",
        body: { status },
      });
    await change({ startTime, active: 1, failed: 2, succeeded: 2 });
    await change(
      pick(chance, [
        { active: 0, completionTime, conditions: condition("Complete", "SuccessCriteriaMet") },
        { active: 0, conditions: condition("Failed", "FailureTarget") },
        { completedIndexes: "0-1", failedIndexes: "3" },
      ]),
    );
    const later: readonly object[] = [
      { conditions: [] },
      { failed: 1 },
      { succeeded: 1 },
      { startTime: completionTime },
      { completionTime: "2026-01-01T02:00:00Z" },
      { active: 3 },
      { terminating: 1 },
      { completedIndexes: "0-3", failedIndexes: "2" },
      { failedIndexes: "9" },
      { failed: 5 },
      { succeeded: 3, ready: 0 },
      { uncountedTerminatedPods: { succeeded: ["a"] } },
    ];
    for (const status of some(chance, later, 5)) await change(status);
    await send({ method: "GET", path: `${path}/a` });
    await send({ method: "DELETE", path: `${path}/a` });
    await send({ method: "GET", path: `${path}/a` });
  },
  "cronjobs: new ones": creations({
    ...cronJob,
    right: [
      ...schedules,
      ...rightSpecs.map(inCronJob),
      inJob({ timeZone: "Europe/Berlin" }),
      inJob({ concurrencyPolicy: "Forbid", suspend: true }),
      inJob({ successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 5, startingDeadlineSeconds: 9 }),
      { metadata: { name: "with.dots" } },
    ],
    wrong: [
      ...wrongSchedules,
      ...wrongSpecs.filter((_, index) => index % 3 === 0).map(inCronJob),
      inJob({ timeZone: "" }),
      inJob({ timeZone: "Nowhere/Here" }),
      inJob({ timeZone: "Local" }),
      inJob({ timeZone: "../etc" }),
      inJob({ concurrencyPolicy: "Sometimes" }),
      inJob({ successfulJobsHistoryLimit: -1, failedJobsHistoryLimit: -1 }),
      inJob({ startingDeadlineSeconds: -1 }),
      inCronJob({ selector: { matchLabels: { a: "b" } } }),
      inCronJob({ manualSelector: true }),
      { metadata: { name: "n".repeat(53) } },
    ],
  }),
  "cronjobs: changes": changes({
    ...cronJob,
    right: [
      ...schedules,
      inJob({ suspend: true }),
      inJob({ timeZone: "Etc/UTC" }),
      inJob({ concurrencyPolicy: "Replace" }),
      inCronJob({ template: { spec: { containers: [{ name: "c", image: "d" }] } } }),
      inCronJob({ parallelism: 4 }),
      { metadata: { annotations: { a: "b" } } },
    ],
    wrong: [
      ...wrongSchedules,
      inJob({ timeZone: "Nowhere" }),
      inJob({ concurrencyPolicy: "Never" }),
      inJob({ failedJobsHistoryLimit: -1 }),
      inCronJob({ template: { spec: { restartPolicy: "Always" } } }),
      inCronJob({ parallelism: -4 }),
    ],
  }),
  "cronjobs: status": changes(
    {
      ...cronJob,
      right: [
        { status: { lastScheduleTime: startTime } },
        { status: { active: [{ kind: "Job", name: "a", namespace: "b" }] } },
        { spec: { suspend: true }, status: { lastSuccessfulTime: completionTime } },
        { metadata: { labels: { a: "b" } } },
      ],
      wrong: [
        { metadata: { uid: "other" } },
        { metadata: { resourceVersion: "1" } },
        { metadata: { name: "other" } },
        { metadata: { namespace: "other" } },
      ],
    },
    { subresource: "/status" },
  ),
};
