import { pick } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { kindsOfObjects } from "../objects.ts";

const merge = "application/merge-patch+json";
const path = "/api/v1/namespaces";

/** What nobody else on the server calls a namespace. */
function anotherOf(namespace: string): string {
  return `${namespace}-x`;
}

/** From one that is made to one whose content waits for a controller, which there is none of. */
const life: Sequence = async ({ send }, chance, namespace) => {
  const name = anotherOf(namespace);
  const finalizers = pick(chance, [
    undefined,
    ["kubernetes"],
    ["example.com/held"],
    ["example.com/held", "kubernetes"],
  ]);
  await send({
    method: "POST",
    path,
    body: { metadata: { name }, spec: { finalizers }, status: { phase: "Terminating" } },
  });
  await send({ method: "POST", path, body: { metadata: { name } } });
  const at = `${path}/${name}`;
  await send({
    method: "PATCH",
    path: at,
    contentType: merge,
    body: { metadata: { labels: null } },
  });
  await send({ method: "PATCH", path: `${at}/status`, contentType: merge, body: { status: { phase: "Terminating" } } });
  await send({ method: "DELETE", path: at });
  await send({ method: "DELETE", path: at });
  const { path: within, object } = kindsOfObjects(chance, name);
  await send({ method: "POST", path: within, body: object });
  await send({ method: "PATCH", path: `${at}/status`, contentType: merge, body: { status: { phase: "Active" } } });
  const { body } = await send({ method: "GET", path: at });
  await send({
    method: "PUT",
    path: `${at}/finalize`,
    body: { ...(body as object), spec: { finalizers: ["nonsense"] } },
  });
  await send({ method: "PUT", path: `${at}/finalize`, body: { ...(body as object), spec: {} } });
  await send({ method: "GET", path: at });
};

/** Who names a namespace that is not there. */
const missing: Sequence = async ({ send }, chance, namespace) => {
  const name = anotherOf(namespace);
  const { path: within, object, name: one } = kindsOfObjects(chance, name);
  await send({ method: "POST", path: within, body: object });
  await send({ method: "GET", path: within });
  await send({ method: "PUT", path: `${within}/${one}`, body: object });
  await send({ method: "PATCH", path: `${within}/${one}`, contentType: merge, body: {} });
  await send({ method: "DELETE", path: `${within}/${one}` });
  await send({ method: "DELETE", path: within });
};

/** Names, finalizers and namespaces of the cluster itself that are refused. */
const wrong: Sequence = async ({ send }, chance, namespace) => {
  const dry = `${path}?dryRun=All`;
  for (const body of [
    { metadata: { name: pick(chance, ["with.dots", "Upper", "a".repeat(64)]) } },
    { metadata: { generateName: "gen-" } },
    { metadata: { name: anotherOf(namespace) }, spec: { finalizers: [pick(chance, ["nonsense", "a/b/c", "-"])] } },
    { metadata: { name: anotherOf(namespace), namespace: "other" } },
    { metadata: { name: anotherOf(namespace), labels: { "kubernetes.io/metadata.name": "other" } } },
  ])
    await send({ method: "POST", path: dry, body });
  await send({ method: "DELETE", path: `${path}/${pick(chance, ["default", "kube-system", "kube-public"])}` });
  await send({ method: "DELETE", path: `${path}/${anotherOf(namespace)}` });
  await send({ method: "DELETE", path });
};

/** Deletions with preconditions, policies and dry runs. */
const deletions: Sequence = async ({ send }, chance, namespace) => {
  const name = anotherOf(namespace);
  const held = chance() < 0.5 ? ["example.com/held"] : [];
  const { body } = await send({ method: "POST", path, body: { metadata: { name, finalizers: held } } });
  const { uid } = (body as { metadata: { uid: string } }).metadata;
  const at = `${path}/${name}`;
  const options = { kind: "DeleteOptions", apiVersion: "v1" };
  await send({ method: "DELETE", path: at, body: { ...options, preconditions: { uid: "other" } } });
  await send({ method: "DELETE", path: `${at}?dryRun=All` });
  const propagationPolicy = pick(chance, ["Orphan", "Foreground", "Background"]);
  await send({ method: "DELETE", path: at, body: { ...options, preconditions: { uid }, propagationPolicy } });
  const now = await send({ method: "GET", path: at });
  await send({ method: "PUT", path: `${at}/finalize`, body: { ...(now.body as object), spec: {} } });
  await send({ method: "PATCH", path: at, contentType: merge, body: { metadata: { finalizers: null } } });
  await send({ method: "GET", path: at });
};

/** Namespaces: how they live, end, and keep others out. */
export const namespaces: Readonly<Record<string, Sequence>> = {
  "namespaces: life": life,
  "namespaces: missing": missing,
  "namespaces: wrong": wrong,
  "namespaces: deletions": deletions,
};
