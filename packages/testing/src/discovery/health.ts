import type { ServerAnswer } from "../exchange/exchange.ts";
import { textAnswer } from "./answer-document.ts";

/** What a server begins with. */
const beginnings = [
  "poststarthook/start-apiserver-admission-initializer",
  "poststarthook/generic-apiserver-start-informers",
  "poststarthook/priority-and-fairness-config-consumer",
  "poststarthook/priority-and-fairness-filter",
  "poststarthook/storage-object-count-tracker-hook",
  "poststarthook/start-apiextensions-informers",
  "poststarthook/start-apiextensions-controllers",
  "poststarthook/crd-informer-synced",
  "poststarthook/start-system-namespaces-controller",
  "poststarthook/peer-endpoint-reconciler-controller",
  "poststarthook/start-cluster-authentication-info-controller",
  "poststarthook/start-kube-apiserver-identity-lease-controller",
  "poststarthook/start-kube-apiserver-identity-lease-garbage-collector",
  "poststarthook/storage-readiness",
  "poststarthook/start-legacy-token-tracking-controller",
  "poststarthook/start-service-ip-repair-controllers",
  "poststarthook/rbac/bootstrap-roles",
  "poststarthook/scheduling/bootstrap-system-priority-classes",
  "poststarthook/priority-and-fairness-config-producer",
  "poststarthook/bootstrap-controller",
  "poststarthook/start-kubernetes-service-cidr-controller",
  "poststarthook/aggregator-reload-proxy-client-cert",
  "poststarthook/start-kube-aggregator-informers",
  "poststarthook/apiservice-status-local-available-controller",
  "poststarthook/apiservice-status-remote-available-controller",
  "poststarthook/apiservice-registration-controller",
  "poststarthook/apiservice-discovery-controller",
  "poststarthook/kube-apiserver-autoregistration",
  "autoregister-completion",
  "poststarthook/apiservice-openapi-controller",
  "poststarthook/apiservice-openapiv3-controller",
];

/** What a real server checks, by endpoint and in its order. Here each is always well. */
const checks: Readonly<Record<string, readonly string[]>> = {
  healthz: ["ping", "log", "loopback-serving-certificate", "etcd", ...beginnings],
  livez: ["ping", "log", "loopback-serving-certificate", "etcd", ...beginnings],
  readyz: ["ping", "log", "etcd", "etcd-readiness", "informer-sync", ...beginnings, "shutdown"],
};

/** The paths that have such an answer. */
export const healthPaths: readonly string[] = Object.entries(checks).flatMap(([endpoint, names]) => [
  `/${endpoint}`,
  ...names.map((name) => `/${endpoint}/${name}`),
]);

/** How the server is (k8s.io/apiserver pkg/server/healthz/healthz.go); undefined for a path without a check. */
export function health(path: string, query: URLSearchParams): ServerAnswer | undefined {
  const [, endpoint = "", ...rest] = path.split("/");
  const names = Object.hasOwn(checks, endpoint) ? checks[endpoint]! : [];
  if (rest.length > 0) return names.includes(rest.join("/")) ? textAnswer("ok") : undefined;
  if (names.length === 0) return undefined;
  const nosniff = { "x-content-type-options": ["nosniff"] };
  return textAnswer(query.has("verbose") ? report(endpoint, names, query.getAll("exclude")) : "ok", nosniff);
}

function report(endpoint: string, names: readonly string[], excluded: readonly string[]): string {
  const lines = names.map((name) => `[+]${name} ${excluded.includes(name) ? "excluded: ok" : "ok"}\n`);
  const strangers = [...new Set(excluded)].filter((name) => !names.includes(name)).toSorted();
  if (strangers.length > 0) {
    const quoted = strangers.map((name) => JSON.stringify(name)).join(",");
    lines.push(`warn: some health checks cannot be excluded: no matches for ${quoted}\n`);
  }
  return `${lines.join("")}${endpoint} check passed\n`;
}
