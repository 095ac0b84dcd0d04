// Applies every object of a YAML file, as kubectl apply --server-side -f FILE: node examples/apply-manifest.ts FILE
import { readFile } from "node:fs/promises";
import { connect, parseManifest } from "kubewright";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node examples/apply-manifest.ts FILE");

const cluster = await connect();
// Namespaces and CustomResourceDefinitions go first and are waited for, wherever they stand in the file.
const objects = await cluster.applyAll(parseManifest(await readFile(file, "utf8")), { fieldManager: "apply-manifest" });
for (const { apiVersion, kind, metadata } of objects) {
  console.log(`${apiVersion} ${kind} ${metadata.namespace ? `${metadata.namespace}/` : ""}${metadata.name} applied`);
}
await cluster.close();
