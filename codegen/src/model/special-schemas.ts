import type { JsonSchema } from "../load/openapi.ts";
import { refTo } from "../load/openapi.ts";

const machinery = "io.k8s.apimachinery.pkg";
const crds = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1";

const anyObject: JsonSchema = { type: "object", additionalProperties: true };
const jsonSchemaProps: JsonSchema = { $ref: refTo(`${crds}.JSONSchemaProps`) };

/** An integer or a text, such as a port by number or name. */
export const intOrString: JsonSchema = { oneOf: [{ type: "integer" }, { type: "string" }] };

/** Our name for the format of a time with six digits after the second; OpenAPI calls it `date-time`, as it does every time. */
export const microTime = "micro-time";

/**
 * Go types that write themselves as JSON in their own way; their schema says less than, or other than, what is on the wire.
 * They are written out where they are used and have no interface of their own.
 */
export const inlined: ReadonlyMap<string, JsonSchema> = new Map([
  // Quantities and times stay the text that the server sent: nothing is lost and nothing is rounded.
  [`${machinery}.api.resource.Quantity`, { type: "string" }],
  [`${machinery}.apis.meta.v1.Time`, { type: "string", format: "date-time" }],
  [`${machinery}.apis.meta.v1.MicroTime`, { type: "string", format: microTime }],
  [`${machinery}.util.intstr.IntOrString`, intOrString],
  [`${machinery}.runtime.RawExtension`, anyObject],
  [`${machinery}.apis.meta.v1.FieldsV1`, anyObject],
  [`${crds}.JSON`, {}],
  // Described in Go only (MarshalJSON of these types); the document says nothing of them.
  [`${crds}.JSONSchemaPropsOrArray`, { anyOf: [jsonSchemaProps, { type: "array", items: jsonSchemaProps }] }],
  [`${crds}.JSONSchemaPropsOrBool`, { anyOf: [jsonSchemaProps, { type: "boolean" }] }],
  [`${crds}.JSONSchemaPropsOrStringArray`, { anyOf: [jsonSchemaProps, { type: "array", items: { type: "string" } }] }],
]);

/** Never written: bodies of patches, which core types better, and watch events, which are core's own. */
export const omitted: ReadonlySet<string> = new Set([
  `${machinery}.apis.meta.v1.Patch`,
  `${machinery}.apis.meta.v1.WatchEvent`,
]);

/** Our name for an object without fields, whose type is core's. */
export const noFields = "kubewright.NoFields";

/** Names that would say too little beside the others of their module. */
export const renamed: ReadonlyMap<string, string> = new Map([[`${machinery}.version.Info`, "VersionInfo"]]);

/** The metadata of every object. */
export const objectMeta: string = `${machinery}.apis.meta.v1.ObjectMeta`;

/** The metadata of every list. */
export const listMeta: string = `${machinery}.apis.meta.v1.ListMeta`;

/** Where the descriptions that the API server adds to custom resources lead. */
export function conventions(anchor: string): string {
  return `More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#${anchor}`;
}

/** What the server answers where OpenAPI says something else: these kinds are posted, and a Status comes back. */
export const answeredByStatus: ReadonlySet<string> = new Set(["v1 Binding", "policy/v1 Eviction"]);

/** The full name of Status. */
export const status: string = `${machinery}.apis.meta.v1.Status`;
