import { pick, some } from "../chance.ts";
import type { Player, Sequence } from "../exchange.ts";
import { clusterKinds, others } from "../shown/others.ts";
import type { Shown } from "../shown/shown.ts";
import { pods, workloads } from "../shown/workloads.ts";

const table = "application/json;as=Table;v=v1;g=meta.k8s.io";
const metadata = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
const merge = "application/merge-patch+json";

/** One object of a kind in a Table, with a status, and beside others; what is no Table of it. */
async function show({ send }: Player, chance: () => number, namespace: string, kinds: readonly Shown[]): Promise<void> {
  const { path: pattern, alsoAt = pattern, objects, statuses } = pick(chance, kinds);
  const inNamespace = pattern.includes("NAMESPACE");
  const path = pattern.replace("NAMESPACE", namespace);
  const name = `t-${Math.floor(chance() * 1e9).toString(36)}`;
  const {
    metadata: given = {},
    owner,
    ...rest
  } = JSON.parse(JSON.stringify(pick(chance, objects)).replaceAll("NAMESPACE", namespace)) as {
    metadata?: object;
    owner?: object;
  };
  const ownerReferences = owner === undefined ? {} : { ownerReferences: [owner] };
  await send({ method: "POST", path, body: { metadata: { name, ...given, ...ownerReferences }, ...rest } });
  const one = `${path}/${name}`;
  await send({ method: "GET", path: `${one}?includeObject=None`, accept: table });
  for (const part of some(chance, statuses, 3)) {
    await send({ method: "PATCH", path: `${one}/status`, contentType: merge, body: { status: part } });
    await send({ method: "GET", path: `${one}?includeObject=None`, accept: table });
  }
  const field = inNamespace ? "" : `&fieldSelector=metadata.name%3D${name}`;
  await send({ method: "GET", path: `${path}?includeObject=None${field}`, accept: table });
  const also = alsoAt.replace("NAMESPACE", namespace);
  await send({ method: "GET", path: `${also}/${name}`, accept: pick(chance, [table, metadata]) });
  await send({ method: "GET", path: `${one}?includeObject=${pick(chance, ["none", "All"])}`, accept: table });
  await send({ method: "GET", path: `${path}/missing`, accept: table });
  await send({ method: "GET", path: one, accept: table.replace("v=v1", "v=v2") });
  if (!inNamespace)
    await send({ method: "PATCH", path: one, contentType: merge, body: { metadata: { finalizers: null } } });
  await send({ method: "DELETE", path: `${one}?gracePeriodSeconds=0` });
}

/** The cells of the kinds that people list. */
export const tables: Readonly<Record<string, Sequence>> = {
  "tables of pods": (player, chance, namespace) => show(player, chance, namespace, [pods]),
  "tables of workloads": (player, chance, namespace) => show(player, chance, namespace, workloads),
  "tables of other kinds": (player, chance, namespace) => show(player, chance, namespace, others),
  "tables of kinds without namespaces": (player, chance, namespace) => show(player, chance, namespace, clusterKinds),
};
