import type { Sequence } from "../exchange.ts";

/** The first type is asked for by every client that knows it, the second is gone, the others never were. */
const aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const groups = ["apps", "batch", "autoscaling", "events.k8s.io", "policy", "storage.k8s.io", "apiregistration.k8s.io"];
const versions = ["apps/v1", "batch/v1", "autoscaling/v1", "autoscaling/v2", "policy/v1", "resource.k8s.io/v1beta1"];
const checks = ["ping", "log", "etcd", "poststarthook/rbac/bootstrap-roles", "poststarthook/crd-informer-synced"];
const endpoints = ["healthz", "livez", "readyz"];
const nowhere = ["/nope", "/apis/nope.example.com", "/apis/nope.example.com/v1", "/healthz/nope", "/swagger.json"];
/** Small ones: all are compared with what was captured by a test beside the code. */
const documents = ["api", "apis", "version", "apis/apps", "apis/batch", "apis/events.k8s.io", "apis/policy"];
const methods = ["POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

/** Documents about what is served, the version and health. */
export const discovery: Readonly<Record<string, Sequence>> = {
  "discovery: groups and versions": async ({ send }, chance) => {
    const slash = pick(chance, ["", "/"]);
    await send({ method: "GET", path: `/api${slash}` });
    await send({ method: "GET", path: `/apis${slash}` });
    await send({ method: "GET", path: `/apis/${pick(chance, groups)}${slash}` });
    await send({ method: "GET", path: "/apis/nope.example.com" });
    await send({ method: pick(chance, methods), path: "/apis/apiregistration.k8s.io" });
    await send({ method: pick(chance, methods), path: `/api${slash}` });
  },
  "discovery: resources of a version": async ({ send }, chance) => {
    const version = pick(chance, versions);
    await send({ method: "GET", path: `/apis/${version}${pick(chance, ["", "/"])}` });
    await send({ method: "GET", path: `/api/v1${pick(chance, ["", "/"])}` });
    await send({ method: "GET", path: `/apis/${version.split("/")[0]}/v9` });
    await send({ method: "GET", path: `/api/v${1 + Math.ceil(chance() * 8)}` });
    await send({ method: pick(chance, methods), path: `/apis/${version}` });
    await send({ method: "GET", path: `/apis/${version}/nothings` });
  },
  "discovery: aggregated": async ({ send }, chance) => {
    const path = pick(chance, ["/api", "/api", "/api", "/apis"]);
    const accept = pick(chance, [aggregated, `${aggregated},application/json`, `${aggregated};profile=nopeer`]);
    const { headers } = await send({ method: "GET", path, accept });
    await send({ method: "GET", path, accept: aggregated, headers: { "if-none-match": headers["etag"] ?? "" } });
    await send({ method: "GET", path, accept: aggregated, headers: { "if-none-match": '"other"' } });
    await send({ method: "GET", path, accept: `application/json,${aggregated}` });
    await send({ method: "GET", path, accept: aggregated.replace("v2", pick(chance, ["v2beta1", "v1", "v3"])) });
    await send({ method: "GET", path, accept: aggregated.replace("Discovery", pick(chance, ["", "Other"])) });
    await send({ method: "GET", path, accept: pick(chance, ["text/html", "text/plain", "image/png"]) });
  },
  "openapi: its documents": async ({ send }, chance) => {
    const index = await send({ method: "GET", path: "/openapi/v3" });
    const { paths } = parsed(index.body) as { paths: Record<string, { serverRelativeURL: string }> };
    const path = pick(chance, documents);
    await send({ method: "GET", path: paths[path]!.serverRelativeURL });
    await send({ method: "GET", path: `/openapi/v3/${path}?hash=${pick(chance, ["1", "other", "FF00"])}` });
    await send({
      method: "GET",
      path: `/openapi/v3/${path}`,
      accept: pick(chance, ["text/html", "image/png", "text/*"]),
    });
    const { headers } = await send({ method: "GET", path: `/openapi/v3/${pick(chance, documents)}`, accept: "*/*" });
    const known = { "if-none-match": headers["etag"] ?? "" };
    await send({ method: "GET", path: `/openapi/v3/${path}`, headers: known });
    await send({ method: "GET", path: `/openapi/v3/${pick(chance, ["apis/nope/v1", "api/v2", "apis/apps/v2", ""])}` });
  },
  health: async ({ send }, chance) => {
    const path = `/${pick(chance, endpoints)}`;
    await send({ method: "GET", path });
    await send({ method: "GET", path: `${path}?verbose` });
    await send({ method: pick(chance, methods), path });
    const [check, nothing] = [pick(chance, checks), pick(chance, ["nothing", "etc", "Ping", "none"])];
    await send({ method: "GET", path: `${path}?verbose&exclude=${check}&exclude=${nothing}` });
    await send({ method: "GET", path: `${path}/${check}` });
    await send({ method: "GET", path: `${path}/${nothing}` });
    await send({ method: "GET", path: `${path}/` });
    await send({ method: "GET", path: `${path}/${check}/more` });
  },
  version: async ({ send }, chance) => {
    await send({ method: "GET", path: pick(chance, ["/version", "/version/"]) });
    await send({ method: pick(chance, methods), path: "/version" });
    await send({ method: "GET", path: "/version", accept: pick(chance, ["application/yaml", "text/html"]) });
  },
  "paths that are nothing": async ({ send }, chance) => {
    await send({ method: "GET", path: pick(chance, nowhere) });
    await send({ method: pick(chance, methods), path: pick(chance, nowhere) });
    await send({ method: "GET", path: "/apis/apps/v1/deployments/a/nothing" });
  },
};

function parsed(body: unknown): unknown {
  return typeof body === "string" ? JSON.parse(body) : body;
}

function pick<const T>(chance: () => number, from: readonly T[]): T {
  return from[Math.floor(chance() * from.length)]!;
}
