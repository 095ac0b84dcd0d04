import { readFileSync } from "node:fs";
import { InputError } from "@kubewright/core";
import { parseAllDocuments } from "yaml";
import type { ApiSource } from "./api-source.ts";
import { isCustomResourceDefinition, sourceOfCrds, type CustomResourceDefinition } from "./crds.ts";

/** Reads CustomResourceDefinitions from YAML or JSON files; other kinds in them are passed over. */
export function readCrdFiles(files: readonly string[]): ApiSource {
  const found = files.flatMap((file) => crdsOf(file, readText(file)));
  if (found.length === 0) {
    throw new InputError("crds", `${files.join(", ")} hold no CustomResourceDefinition of apiextensions.k8s.io/v1`);
  }
  return sourceOfCrds(found);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new InputError("crds", `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function crdsOf(file: string, text: string): CustomResourceDefinition[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined)
      throw new InputError("crds", `${file} is no valid YAML: ${error.message}`, { cause: error });
    return objectsOf(document.toJS() as unknown).filter((object) => isCustomResourceDefinition(object, file));
  });
}

/** The object itself, or the items of a list. */
function objectsOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  return typeof kind === "string" && kind.endsWith("List") && Array.isArray(items) ? items.flatMap(objectsOf) : [value];
}
