import { badRequest } from "../exchange/refusal.ts";
import type { Field, ObjectType, Value } from "../knowledge/object-type.ts";
import { decodingProblems } from "../objects/decoding-problems.ts";
import { JsonSyntaxError, readNode } from "../request/json-node.ts";
import { type JsonText, readJson } from "../request/json-text.ts";

/** A patch as it was sent. */
export interface ReadPatch {
  readonly value: unknown;
  /** What strict decoding says of it. */
  readonly strict: readonly string[];
}

const anything: Value = { is: "json", goType: "interface {}", enum: undefined };

function field(name: string, value: Value): readonly [string, Field] {
  return [
    name,
    {
      name,
      value,
      empty: "omitempty",
      pointer: false,
      required: false,
      default: undefined,
      patchStrategy: [],
      patchMergeKey: undefined,
    },
  ];
}

const text: Value = { is: "string", goType: "string", enum: undefined };
/** k8s.io/apiserver pkg/endpoints/handlers/patch.go */
const operation: ObjectType = {
  name: "handlers.jsonPatchOp",
  schema: "",
  atomic: false,
  fields: new Map([field("op", text), field("path", text), field("from", text), field("value", anything)]),
};

/** What a patch must be, by its media type. */
export const patchTypes: Readonly<Record<string, Value>> = {
  "application/json-patch+json": {
    is: "list",
    goType: "[]handlers.jsonPatchOp",
    of: { is: "object", goType: operation.name, type: operation, atomic: false },
    listType: undefined,
    keys: [],
  },
  "application/merge-patch+json": { is: "map", goType: "map[string]interface {}", of: anything, atomic: false },
};

/** Reads a patch. @throws Refusal 400 for one of another form */
export function readPatch(sent: string, type: Value): ReadPatch {
  let json: JsonText;
  try {
    json = readJson(sent);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw badRequest(`error decoding patch: ${error.message}`);
  }
  const { error, strict } = decodingProblems(type, readNode(sent));
  if (error !== undefined) throw badRequest(`error decoding patch: ${error}`);
  if (json.value === null && type.is !== "list") throw badRequest("Invalid JSON Patch");
  const value = json.value ?? [];
  return { value, strict: type.is === "list" ? strict.map((problem) => `json patch ${problem}`) : strict };
}
