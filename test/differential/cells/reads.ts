import { pick } from "../chance.ts";
import { kindsOfObjects } from "../objects.ts";
import type { Sequence } from "../exchange.ts";

const table = "application/json;as=Table;v=v1;g=meta.k8s.io";
const metadata = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
const metadataList = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

/** How objects are read: in which form, selected how, page by page, and as they change. */
export const reads: Readonly<Record<string, Sequence>> = {
  "tables of kinds": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    await send({ method: "GET", path, accept: table });
    await send({ method: "POST", path, body: object });
    await send({ method: "GET", path, accept: table });
    await send({ method: "GET", path: `${path}/${name}?includeObject=None`, accept: table });
    await send({ method: "GET", path: `${path}/${name}?includeObject=Object`, accept: table });
    await send({ method: "GET", path: `${path}/${name}?includeObject=Whatever`, accept: table });
    await send({ method: "GET", path: `${path}/missing`, accept: table });
    await send({
      method: "GET",
      path,
      accept: table.replace("application/json", "application/vnd.kubernetes.protobuf"),
    });
    await send({ method: "GET", path: `${path}?labelSelector=a%3Db`, accept: `${table},application/json` });
    await send({ method: "GET", path, accept: table.replace("v1", "v1beta1") });
    await send({ method: "GET", path, accept: table.replace("v1", "v2") });
  },
  "metadata alone": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    await send({ method: "GET", path, accept: metadataList });
    await send({ method: "POST", path, body: object, accept: metadata });
    await send({ method: "GET", path, accept: metadataList });
    await send({ method: "GET", path: `${path}/${name}`, accept: metadata });
    await send({ method: "GET", path, accept: metadata });
    await send({ method: "GET", path: `${path}/${name}`, accept: metadataList });
    await send({ method: "GET", path: `${path}/missing`, accept: metadata });
    await send({ method: "GET", path: `${path}/${name}`, accept: metadata.replace("v1", "v1beta1") });
    await send({ method: "GET", path: `${path}/${name}`, accept: metadata.replace("meta", "other") });
  },
  "forms of what is written": async ({ send }, chance, namespace) => {
    const accept = pick(chance, [table, metadata, `${metadata},application/json`]);
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const one = `${path}/${name}`;
    await send({ method: "POST", path: `${path}?dryRun=All`, body: object, accept });
    await send({ method: "POST", path, body: object, accept });
    await send({ method: "POST", path, body: object, accept });
    const merge = { method: "PATCH", path: one, contentType: "application/merge-patch+json", accept } as const;
    await send({ ...merge, body: { metadata: { labels: { a: "b" } } } });
    await send({ ...merge, body: { metadata: { resourceVersion: "1" } } });
    await send({ ...merge, body: "{" });
    await send({ method: "DELETE", path: one, accept, body: { preconditions: { uid: "other" } } });
    await send({ method: "DELETE", path: `${one}?gracePeriodSeconds=0`, accept });
    await send({ method: "DELETE", path: one, accept });
    await send({
      method: "DELETE",
      path,
      accept: accept.replace("PartialObjectMetadata", "PartialObjectMetadataList"),
    });
  },
  "forms of subresources": async ({ send }, chance, namespace) => {
    const accept = pick(chance, [table, metadata, "application/yaml"]);
    const plural = pick(chance, ["deployments", "replicasets", "statefulsets"]);
    const path = `/apis/apps/v1/namespaces/${namespace}/${plural}`;
    const template = { metadata: { labels: { app: "a" } }, spec: { containers: [{ name: "a", image: "b" }] } };
    const spec = { selector: { matchLabels: { app: "a" } }, template, replicas: 2 };
    await send({ method: "POST", path, body: { metadata: { name: "a" }, spec } });
    await send({ method: "GET", path: `${path}/a/status`, accept });
    await send({ method: "GET", path: `${path}/a/scale`, accept });
    await send({
      method: "PATCH",
      path: `${path}/a/scale`,
      contentType: "application/merge-patch+json",
      body: { spec: { replicas: 3 } },
      accept,
    });
    await send({ method: "GET", path: `${path}/a/scale`, accept: metadataList });
    await send({ method: "GET", path: `${path}/missing/scale`, accept });
    await send({ method: "GET", path: `${path}/a/scale`, accept: "text/html" });
    await send({ method: "GET", path: `${path}/a/scale?includeObject=Whatever`, accept: table });
  },
  "forms for people": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const headers = { "user-agent": pick(chance, ["curl/8.0", "Wget/1", "Mozilla/5.0 (X)", "other"]) };
    await send({ method: "POST", path, body: object, headers });
    const pretty = pick(chance, ["?pretty=true", "?pretty=false", "?pretty=1", "?pretty=nonsense", ""]);
    await send({ method: "GET", path: `${path}/${name}${pretty}`, headers });
    await send({ method: "GET", path: `${path}${pretty}`, headers, accept: "application/json;pretty=1" });
    await send({ method: "GET", path: `${path}/missing${pretty}`, headers });
    await send({ method: "GET", path: `${path}${pretty}`, headers, accept: "text/html,application/xhtml+xml" });
    await send({ method: "GET", path: `${path}?limit=x`, headers });
    await send({
      method: "GET",
      path: `${path}${pretty}`,
      headers,
      accept: "text/html,application/xml;q=0.9,*/*;q=0.8",
    });
  },
  "what is accepted": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    await send({ method: "POST", path, body: object });
    for (const accept of [
      "*/*",
      "application/*",
      "text/html",
      "text/html,application/json;q=0.5",
      "application/json;q=0.1,application/yaml;q=0.9",
      "application/json;stream=watch",
      "application/json;stream=other",
      "application/json;as=Nonsense;g=meta.k8s.io;v=v1",
      "application/json;sv=v1",
      "application/json;sv=v2",
      "nonsense",
    ])
      await send({ method: "GET", path: chance() < 0.5 ? path : `${path}/${name}`, accept });
    await send({ method: "GET", path: `${path}/missing`, accept: "application/yaml" });
    await send({ method: "GET", path: `${path}/missing`, accept: "text/plain" });
    await send({ method: "POST", path, body: object, accept: "application/yaml" });
    await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0`, accept: "image/png" });
  },
};
