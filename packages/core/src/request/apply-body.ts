import type { Content } from "../codec/content.ts";
import { encodeJson } from "../codec/json/encode-json.ts";

// Within text, what Go's YAML reader refuses, folds into white space, or drops white space beside; JSON has them as they are.
const readOtherwise = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * An object for server-side apply: JSON, which the API server reads as YAML (k8s.io/apiserver
 * pkg/endpoints/handlers/patch.go), so what YAML reads otherwise is escaped.
 */
export function applyBody(object: object, field: string): Content {
  const body = encodeJson(object, field).replace(
    readOtherwise,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { body, contentType: "application/apply-patch+yaml" };
}
