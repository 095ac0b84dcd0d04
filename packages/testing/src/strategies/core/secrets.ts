import { JsonSyntaxError, readNode } from "../../request/json-node.ts";
import { type Causes, invalidCause, requiredCause, tooLongCause } from "../../validation/causes.ts";
import { wrongChange, wrongForm } from "../../validation/checks.ts";
import { bytesIn, entriesIn, type Fields, objectIn, textIn } from "../../validation/fields.ts";
import { wrongConfigKey } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";
import { mostData, wrongImmutableChange } from "./config-maps.ts";

/** A Secret (k8s.io/kubernetes pkg/apis/core/validation, ValidateSecret). */
export const secrets: Strategy = {
  validate: wrongSecret,
  prepareForUpdate(draft, old) {
    if (textIn(draft, "type") === "") draft["type"] = old["type"];
  },
  *validateUpdate(draft, old) {
    yield* wrongChange("type", draft["type"], old["type"]);
    yield* wrongImmutableChange(draft, old, ["data"]);
    yield* wrongSecret(draft);
  },
};

/** What secrets of a type must have. */
const typeRules: Readonly<Record<string, (data: Fields, secret: Fields) => Causes>> = {
  *"kubernetes.io/service-account-token"(_data, { metadata }) {
    const name = "kubernetes.io/service-account.name";
    if (textIn(objectIn(metadata as Fields, "annotations"), name) === "")
      yield requiredCause(`metadata.annotations[${name}]`);
  },
  "kubernetes.io/dockercfg": (data) => wrongJson(data, ".dockercfg"),
  "kubernetes.io/dockerconfigjson": (data) => wrongJson(data, ".dockerconfigjson"),
  *"kubernetes.io/basic-auth"(data) {
    const keys = ["username", "password"];
    if (keys.some((key) => Object.hasOwn(data, key))) return;
    for (const key of keys) yield requiredCause(`data[${key}]`);
  },
  *"kubernetes.io/ssh-auth"(data) {
    if (textIn(data, "ssh-privatekey") === "") yield requiredCause("data[ssh-privatekey]");
  },
  *"kubernetes.io/tls"(data) {
    for (const key of ["tls.crt", "tls.key"]) if (!Object.hasOwn(data, key)) yield requiredCause(`data[${key}]`);
  },
};

function* wrongSecret(secret: Fields): Causes {
  const data = objectIn(secret, "data");
  let size = 0;
  for (const [key] of entriesIn(secret, "data")) {
    yield* wrongForm(`data[${key}]`, key, wrongConfigKey);
    size += bytesIn(data, key);
  }
  if (size > mostData) yield tooLongCause("data", mostData);
  const type = textIn(secret, "type");
  if (Object.hasOwn(typeRules, type)) yield* typeRules[type]!(data, secret);
}

function* wrongJson(data: Fields, key: string): Causes {
  if (!Object.hasOwn(data, key)) {
    yield requiredCause(`data[${key}]`);
    return;
  }
  const why = notAnObject(atob(textIn(data, key)));
  if (why !== undefined) yield invalidCause(`data[${key}]`, "<secret contents redacted>", why);
}

/** What Go's encoding/json says of a text that is no object of JSON. */
function notAnObject(text: string): string | undefined {
  try {
    const { is } = readNode(text);
    if (is === "object" || is === "null") return undefined;
    return `json: cannot unmarshal ${is} into Go value of type map[string]interface {}`;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
}
