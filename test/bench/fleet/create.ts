import { readFileSync } from "node:fs";
import { connect, type Cluster } from "kubewright";
import { CoreV1, type Pod } from "kubewright/core/v1";
import { Etcd } from "./etcd.ts";
import { namespaces, podsUnder, sequence, size } from "./size.ts";

const recorded = {
  app: "storefront",
  name: "storefront-7fd5b4c784-psdht",
  id: "8c6c0a25e2c74d09b06213a4b4daa621",
  owner: "1c4b7284-95a5-43f1-a53e-ccf32e9d935a",
};
const template = readFileSync(new URL("../pod.json", import.meta.url), "utf8");

/**
 * Fills the API server with pods that nobody runs: {@link size}.namespaces namespaces, in each a ConfigMap and the pods of one
 * deployment. The first pod of each is made through the API, managedFields and all; the others are copies of what
 * the API server stored, with a name, a uid, addresses and a node of their own, for 20,000 writes through it take half a minute.
 */
export async function createFleet(kubeconfig: string, etcdSocket: string): Promise<void> {
  const cluster = await connect({ kubeconfig });
  await using etcd = new Etcd(etcdSocket);
  await inParallel(size.namespaces, 20, (i) => createFirst(cluster, i));
  await cluster.close();
  const firsts = await etcd.under(podsUnder);
  if (firsts.length !== size.namespaces) throw new Error(`etcd holds ${firsts.length} pods`);
  await inParallel(size.namespaces * (size.each - 1), 100, async (i) => {
    const { key, value } = firsts[i % size.namespaces]!;
    const own = identity(i % size.namespaces, 1 + Math.floor(i / size.namespaces));
    const first = identity(i % size.namespaces, 0);
    // As long as what they replace, so no length in the message changes.
    let text = value.toString("latin1");
    for (const what of ["name", "id", "ip", "node", "hostIP"] as const) text = text.replaceAll(first[what], own[what]);
    text = text.replace(/\*\$[0-9a-f-]{36}/, () => `*$${dashed(own.id)}`); // the tag and the length of metadata.uid
    await etcd.put(key.replace(first.name, own.name), Buffer.from(text, "latin1"));
  });
}

async function createFirst(cluster: Cluster, deployment: number): Promise<void> {
  const core = cluster.api(CoreV1);
  const { app, namespace, name, id, ip, node, hostIP, minute } = identity(deployment, 0);
  await core.namespaces.create({ metadata: { name: namespace } });
  // Which controllers would make.
  await core.serviceAccounts.in(namespace).create({ metadata: { name: "default" } });
  await core.configMaps
    .in(namespace)
    .create({ metadata: { name: "kube-root-ca.crt" }, data: { "ca.crt": "x".repeat(1100) } });
  const text = template
    .replaceAll(recorded.name, name)
    .replaceAll(recorded.id, id)
    .replaceAll(recorded.app, app)
    .replaceAll(recorded.owner, dashed(id))
    .replaceAll("/shop/web:", `/shop/${app}:`)
    .replaceAll("16:05:", minute)
    .replaceAll("198.51.100.1", ip)
    .replaceAll("127.0.0.1", hostIP);
  const pod = JSON.parse(text) as Pod & { spec: object; status: object };
  const { uid: _uid, resourceVersion: _version, managedFields: _fields, ...rest } = pod.metadata!;
  const metadata = { ...rest, namespace, annotations: { [sequence]: "0000000" } };
  const created = await core.pods
    .in(namespace)
    .create({ metadata, spec: { ...pod.spec, nodeName: node } }, { fieldManager: "kube-controller-manager" });
  await core.pods.in(namespace).status.update({ ...created, status: pod.status }, { fieldManager: "kubelet" });
}

/** What the pods of a deployment differ in, each as long as that of every other pod. */
function identity(deployment: number, pod: number) {
  const number = deployment * size.each + pod;
  const node = 100 + ((number * 7919) % size.nodes);
  const app = `app-${100 + deployment}`;
  const hash = Math.imul(number + 1, 2_654_435_761) >>> 0;
  const unique = (number + 36 ** 4).toString(36);
  return {
    app,
    namespace: namespaces[deployment]!,
    name: `${app}-7fd5b4c784-${unique}`,
    /** A uid without dashes. */
    id: hash.toString(16).padStart(8, "0").repeat(3) + number.toString(16).padStart(8, "0"),
    ip: `10.${100 + (deployment >> 3)}.${100 + (deployment & 7)}.${100 + pod}`,
    node: `node-${node}`,
    hostIP: `192.168.${100 + (node >> 3)}.${100 + (node & 7)}`,
    minute: `${10 + (deployment % 14)}:${10 + (deployment % 50)}:`,
  };
}

function dashed(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join("-");
}

async function inParallel(count: number, parallel: number, act: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
