import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const configMap: PlayedKind = {
  path: "/api/v1/NAMESPACE/configmaps",
  object: { data: { a: "b" } },
  right: [
    { data: { "a.b-c_d": "" } },
    { data: null },
    { data: null, binaryData: { c: "AAEC" } },
    { binaryData: { c: "" } },
    { immutable: true },
    { immutable: false },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { data: { "with space": "a" } },
    { data: { "": "a" } },
    { data: { "..": "a" } },
    { data: { "..a": "a" } },
    { data: { ["k".repeat(254)]: "a" } },
    { binaryData: { "a/b": "AAEC" } },
    { binaryData: { a: "AAEC" } },
    { binaryData: { c: "no base64" } },
    { data: { a: 5 } },
  ],
};

const immutableMap: PlayedKind = {
  ...configMap,
  object: { data: { a: "b" }, immutable: true },
  right: [{ metadata: { labels: { a: "b" } } }, { data: { a: "b" } }, { metadata: { annotations: { c: "d" } } }],
  wrong: [
    { data: { a: "c" } },
    { data: null },
    { binaryData: { c: "AAEC" } },
    { immutable: false },
    { immutable: null },
    { data: { c: "d" }, immutable: false },
  ],
};

const secret: PlayedKind = {
  path: "/api/v1/NAMESPACE/secrets",
  object: { data: { a: "AAEC" } },
  right: [
    { stringData: { b: "text", a: "other" } },
    { data: null, stringData: { c: "é" } },
    { immutable: true },
    { type: "example.com/own" },
    { type: "kubernetes.io/basic-auth", stringData: { username: "a" } },
    { type: "kubernetes.io/ssh-auth", stringData: { "ssh-privatekey": "a" } },
    { type: "kubernetes.io/dockercfg", stringData: { ".dockercfg": "{}" } },
    { type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": '{"auths":{}}' } },
    {
      type: "kubernetes.io/service-account-token",
      metadata: { annotations: { "kubernetes.io/service-account.name": "default" } },
    },
    { type: "bootstrap.kubernetes.io/token" },
  ],
  wrong: [
    { type: "kubernetes.io/basic-auth" },
    { type: "kubernetes.io/ssh-auth" },
    { type: "kubernetes.io/ssh-auth", stringData: { "ssh-privatekey": "" } },
    { type: "kubernetes.io/tls" },
    { type: "kubernetes.io/tls", stringData: { "tls.crt": "" } },
    { type: "kubernetes.io/dockercfg" },
    { type: "kubernetes.io/dockercfg", stringData: { ".dockercfg": "nonsense" } },
    { type: "kubernetes.io/dockerconfigjson" },
    { type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": '{"a":' } },
    { type: "kubernetes.io/dockercfg", stringData: { ".dockercfg": "[]" } },
    { type: "kubernetes.io/service-account-token" },
    { data: { "with space": "AAEC" } },
    { stringData: { "a/b": "c" } },
    { data: { a: "no base64" } },
  ],
};

const changedSecret: PlayedKind = {
  ...secret,
  right: [
    { stringData: { b: "text" } },
    { data: { a: null, c: "AAEC" } },
    { type: null },
    { metadata: { labels: { a: "b" } } },
    { data: null },
  ],
  wrong: [
    { type: "kubernetes.io/tls" },
    { type: "example.com/own" },
    { data: { "with space": "AAEC" } },
    { stringData: { "a/b": "c" } },
  ],
};

const immutableSecret: PlayedKind = {
  ...secret,
  object: { data: { a: "AAEC" }, immutable: true },
  right: [{ metadata: { labels: { a: "b" } } }, { stringData: { a: "\u0000\u0001\u0002" } }],
  wrong: [{ data: { a: "AAED" } }, { stringData: { c: "d" } }, { immutable: null }, { type: "other", data: null }],
};

const account: PlayedKind = {
  path: "/api/v1/NAMESPACE/serviceaccounts",
  object: {},
  right: [
    { secrets: [{ name: "a", kind: "Secret", uid: "b" }, { name: "c" }] },
    { imagePullSecrets: [{ name: "a" }, { name: "b" }] },
    { automountServiceAccountToken: false },
    { metadata: { annotations: { "kubernetes.io/enforce-mountable-secrets": "true" } } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { metadata: { labels: { a: "-" } } },
    { metadata: { name: "Not_A_Name" } },
    { secrets: "nonsense" },
    { automountServiceAccountToken: "yes" },
  ],
};

/** What configures: config maps, secrets, service accounts. */
export const config: Readonly<Record<string, Sequence>> = {
  "config maps: create": creations(configMap, { right: 4, wrong: 4 }),
  "config maps: change": changes({ ...configMap, wrong: configMap.wrong.slice(0, 7) }),
  "config maps: immutable": changes(immutableMap, { right: 3, wrong: 4 }),
  "secrets: create": creations(secret, { right: 4, wrong: 4 }),
  "secrets: change": changes(changedSecret),
  "secrets: immutable": changes(immutableSecret, { right: 2, wrong: 4 }),
  "service accounts: create": creations(account),
  "service accounts: change": changes({ ...account, wrong: [{ metadata: { uid: "other" } }] }, { wrong: 1 }),
};
