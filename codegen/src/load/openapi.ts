import { SpecError } from "../checks/problems.ts";

/** A schema of OpenAPI v3, as far as Kubernetes uses it. */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  default?: unknown;
  const?: string | number;
  enum?: unknown[];
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  pattern?: string;
  minimum?: ApiNumber;
  maximum?: ApiNumber;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: ApiNumber;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  "x-kubernetes-group-version-kind"?: GroupVersionKind[];
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-embedded-resource"?: boolean;
  "x-kubernetes-list-type"?: string;
  "x-kubernetes-list-map-keys"?: string[];
  "x-kubernetes-validations"?: { rule?: string; message?: string }[];
  /** Ours: the required fields that the server fills in by a default, wherever a writer leaves them out. */
  "x-kubewright-filled"?: string[];
}

/** A number as core reads it: of an integer beyond 2^53, a value that JSON.stringify writes digit for digit. */
export type ApiNumber = number | object;

/** What kind an object, or the body of an operation, is. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface Parameter {
  readonly in: string;
  readonly name: string;
}

type Content = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses?: Readonly<Record<string, { readonly content?: Content }>>;
  readonly "x-kubernetes-action"?: string;
  readonly "x-kubernetes-group-version-kind"?: GroupVersionKind;
}

export type PathItem = Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] };

/** One document of /openapi/v3. */
export interface OpenApiDocument {
  /** The operations by path. */
  readonly paths?: Readonly<Record<string, PathItem>>;
  /** The schemas, and what else others refer to. */
  readonly components?: { readonly schemas?: Readonly<Record<string, JsonSchema>> };
}

const prefix = "#/components/schemas/";

/** The schema's name that a `$ref` holds. */
export function refName(ref: string): string {
  if (!ref.startsWith(prefix)) throw new SpecError([`The $ref ${ref} does not point to ${prefix}…`]);
  return ref.slice(prefix.length).replaceAll("~1", "/").replaceAll("~0", "~");
}

/** A `$ref` to the named schema. */
export function refTo(name: string): string {
  return prefix + name.replaceAll("~", "~0").replaceAll("/", "~1");
}
