// What a service does with the manifests that it is sent, whatever kinds they hold:
// node examples/manifest-api.ts apply|replace|show|delete FILE
import { readFile } from "node:fs/promises";
import {
  connect,
  isAlreadyExists,
  isNotFound,
  type KubernetesObject,
  parseManifest,
  stringifyManifest,
} from "kubewright";

const [action = "", file = ""] = process.argv.slice(2);
const cluster = await connect({ fieldManager: "manifest-api" });

/** Creates the object, or makes the one that is there like it: fields that it does not name go. */
async function replace(object: KubernetesObject): Promise<string> {
  try {
    await cluster.create(object);
    return "created";
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    // The version makes it a conflict when somebody else changes the object in between.
    const { metadata } = await cluster.get(object);
    await cluster.update({ ...object, metadata: { ...object.metadata, resourceVersion: metadata.resourceVersion } });
    return "replaced";
  }
}

const actions: Readonly<Record<string, (object: KubernetesObject) => Promise<string>>> = {
  replace,
  // Server-side apply: creates it, or changes only the fields that are named, whoever owned them.
  apply: async (object) => {
    await cluster.apply(object, { force: true });
    return "applied";
  },
  show: async (object) => `found\n${await stringifyManifest([await cluster.get(object)])}`,
  delete: async (object) => ((await cluster.delete(object)).done ? "deleted" : "being deleted"),
};

const act = actions[action];
if (act === undefined) throw new Error("usage: node examples/manifest-api.ts apply|replace|show|delete FILE");
for (const object of await parseManifest(await readFile(file, "utf8"))) {
  const did = await act(object).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    return "not found";
  });
  console.log(`${object.kind} ${object.metadata?.name} ${did}`);
}
await cluster.close();
