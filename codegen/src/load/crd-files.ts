import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "@kubewright/core";
import type { ApiSource } from "./api-source.ts";
import { asDefinition, definitionProblem, isDefinition } from "./check-definition.ts";
import { definitionName, servedBy, sourceOfCrds, type CustomResourceDefinition } from "./crds.ts";
import { readPlaces, type FoundFile } from "./places.ts";
import { splitDocuments, type FileDocument } from "./split-documents.ts";
import { templateProblem, unreadable, withoutDefinitions } from "./usual-mistakes.ts";

/**
 * Reads CustomResourceDefinitions in YAML or JSON, as kubectl reads them, from files, folders, standard input (`-`) and https
 * addresses. Other kinds beside them are passed over, and so are files of a folder that hold none. What is wrong with one
 * definition costs no other; the source's problems say it.
 */
export async function readCrdFiles(places: readonly string[]): Promise<ApiSource> {
  const { files, problems } = await readPlaces(places);
  const found = await Promise.all(files.map(definitionsOf));
  const { definitions, problems: clashes } = distinct(found.flatMap((one) => one.definitions));
  return {
    ...sourceOfCrds(definitions.map(({ definition }) => definition)),
    places: new Map(definitions.map(({ where, definition }) => [definitionName(definition), where])),
    problems: [...problems, ...found.flatMap((one) => one.problems), ...clashes],
  };
}

interface Placed {
  readonly where: string;
  readonly definition: CustomResourceDefinition;
}

interface Definitions {
  readonly definitions: readonly Placed[];
  readonly problems: readonly string[];
}

async function definitionsOf({ name, bytes, named }: FoundFile): Promise<Definitions> {
  const documents = await splitDocuments(bytes, name);
  const found = documents.flatMap((document) => definitionsIn(document, named));
  const objects = documents.flatMap((document) => document.objects);
  if (named && found.length === 0) {
    found.push({
      definitions: [],
      problems: [`${name}: ${withoutDefinitions(new TextDecoder().decode(bytes), objects)}`],
    });
  }
  return {
    definitions: found.flatMap((one) => one.definitions),
    problems: found.flatMap((one) => one.problems),
  };
}

/** One for each definition, or for what keeps the document from being read. */
function definitionsIn({ where, text, objects, problem }: FileDocument, named: boolean): Definitions[] {
  if (problem !== undefined) {
    // A folder may hold any YAML; what does not even speak of a definition loses none.
    if (!named && !text.includes("CustomResourceDefinition")) return [];
    return [{ definitions: [], problems: [`${where}: ${unreadable(text, problem)}`] }];
  }
  return objects.filter(isDefinition).map((object) => {
    const wrong = definitionProblem(object);
    if (wrong === undefined) return { definitions: [{ where, definition: asDefinition(object) }], problems: [] };
    const template = wrong.includes("{{") || wrong.includes("${") ? templateProblem(text) : undefined;
    return {
      definitions: [],
      problems: [`${where}${nameIn(object)}: ${wrong}${template === undefined ? "" : `; ${template}`}`],
    };
  });
}

function nameIn({ metadata }: KubernetesObject): string {
  return typeof metadata?.name === "string" ? `, ${metadata.name}` : "";
}

/** Copies of a definition count once. Of what differs under one name, or takes one kind twice, nobody can say which is meant. */
function distinct(all: readonly Placed[]): { readonly definitions: Placed[]; readonly problems: string[] } {
  const named = new Map<string, Placed[]>();
  for (const one of all) {
    const same = named.get(definitionName(one.definition)) ?? [];
    if (!same.some(({ definition }) => isDeepStrictEqual(servedBy(definition), servedBy(one.definition))))
      same.push(one);
    named.set(definitionName(one.definition), same);
  }
  const problems: string[] = [];
  const kinds = new Map<string, Placed[]>();
  for (const [name, same] of named) {
    if (same.length > 1) problems.push(`${name} is defined differently in ${listed(same)}; keep one of them`);
    else {
      const { group, names } = same[0]!.definition.spec;
      kinds.set(`${names.kind} of ${group}`, [...(kinds.get(`${names.kind} of ${group}`) ?? []), ...same]);
    }
  }
  const definitions: Placed[] = [];
  for (const [kind, same] of kinds) {
    if (same.length === 1) definitions.push(same[0]!);
    else {
      const both = same.map(({ definition, where }) => `${definitionName(definition)} (${where})`);
      problems.push(`The kind ${kind} is that of ${both.join(" and ")}; the API server accepts one of them`);
    }
  }
  return { definitions, problems };
}

function listed(placed: readonly Placed[]): string {
  return placed.map(({ where }) => where).join(" and ");
}
