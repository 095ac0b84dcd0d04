import { readFileSync } from "node:fs";
import { InputError, parseManifest, type KubernetesObject } from "@kubewright/core";
import type { ApiSource } from "./api-source.ts";
import { isCustomResourceDefinition, sourceOfCrds, type CustomResourceDefinition } from "./crds.ts";

/** Reads CustomResourceDefinitions from YAML or JSON files, as kubectl reads them; other kinds in them are passed over. */
export async function readCrdFiles(files: readonly string[]): Promise<ApiSource> {
  const found = (await Promise.all(files.map(crdsOf))).flat();
  if (found.length === 0) {
    throw new InputError("crds", `${files.join(", ")} hold no CustomResourceDefinition of apiextensions.k8s.io/v1`);
  }
  return sourceOfCrds(found);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new InputError("crds", `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

async function crdsOf(file: string): Promise<CustomResourceDefinition[]> {
  const bytes = readBytes(file);
  let objects: KubernetesObject[];
  try {
    objects = await parseManifest(bytes);
  } catch (cause) {
    throw new InputError("crds", `${file}: ${(cause as Error).message}`, { cause });
  }
  return objects.flatMap((object) => (isCustomResourceDefinition(object, file) ? [object] : []));
}
