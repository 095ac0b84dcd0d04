// Works with a custom resource that is described by hand; manifests/lighthouse.yaml defines it.
// For a whole cluster, `npx @kubewright/codegen` writes such interfaces and descriptors from its schemas.
import { connect, isAlreadyExists, type KubernetesObject } from "kubewright";

interface Lighthouse extends KubernetesObject {
  spec: { height: number; colour?: "red" | "white" };
  status?: { lit?: boolean };
}

const cluster = await connect();
const lighthouses = cluster
  .resource<Lighthouse>({
    group: "examples.kubewright.dev",
    version: "v1",
    plural: "lighthouses",
    kind: "Lighthouse",
    namespaced: true,
  })
  .in();

try {
  await lighthouses.create({ metadata: { name: "pharos" }, spec: { height: 100, colour: "white" } });
} catch (error) {
  if (!isAlreadyExists(error)) throw error;
}
await lighthouses.patch("pharos", { merge: { spec: { colour: "red" } } });
await lighthouses.status.patch("pharos", { merge: { status: { lit: true } } });
for (const { metadata, spec, status } of (await lighthouses.list()).items) {
  console.log(`${metadata.name}: ${spec.height} m, ${spec.colour}, ${status?.lit === true ? "lit" : "dark"}`);
}
await lighthouses.delete("pharos");
await cluster.close();
