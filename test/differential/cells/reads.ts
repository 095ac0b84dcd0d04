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
