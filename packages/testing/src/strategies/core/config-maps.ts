import { equalValues } from "../../objects/equal-values.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, forbiddenCause, invalidCause, tooLongCause } from "../../validation/causes.ts";
import { wrongForm } from "../../validation/checks.ts";
import { bytesIn, entriesIn, type Fields, objectIn } from "../../validation/fields.ts";
import { wrongConfigKey } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

/** All that a ConfigMap or Secret may hold, in bytes. */
export const mostData: number = 1024 * 1024;

/** A ConfigMap (k8s.io/kubernetes pkg/apis/core/validation, ValidateConfigMap). */
export const configMaps: Strategy = {
  validate: wrongConfigMap,
  *validateUpdate(draft, old) {
    yield* wrongImmutableChange(draft, old, ["data", "binaryData"]);
    yield* wrongConfigMap(draft);
  },
};

function* wrongConfigMap(map: Fields): Causes {
  const binary = objectIn(map, "binaryData");
  let size = 0;
  for (const [key, text] of entriesIn(map, "data")) {
    yield* wrongForm(`data[${key}]`, key, wrongConfigKey);
    if (Object.hasOwn(binary, key)) yield invalidCause(`data[${key}]`, key, "duplicate of key present in binaryData");
    size += new TextEncoder().encode(text).length;
  }
  for (const [key] of entriesIn(map, "binaryData")) {
    yield* wrongForm(`binaryData[${key}]`, key, wrongConfigKey);
    size += bytesIn(binary, key);
  }
  if (size > mostData) yield tooLongCause("[]", mostData);
}

/** What may not become of one that is `immutable`. */
export function* wrongImmutableChange(object: Fields, old: ApiObject, fields: readonly string[]): Causes {
  if (old["immutable"] !== true) return;
  const why = "field is immutable when `immutable` is set";
  if (object["immutable"] !== true) yield forbiddenCause("immutable", why);
  for (const field of fields) if (!equalValues(object[field], old[field])) yield forbiddenCause(field, why);
}
