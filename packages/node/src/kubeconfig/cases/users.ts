import { base64, config, pemA, pemKey, type KubeconfigCase } from "./kubeconfig-case.ts";

const home = "/v/home/.kube/config";
const place = 'user "a" in /v/home/.kube/config';

function row(
  name: string,
  fields: string,
  result: KubeconfigCase["result"],
  more: Partial<KubeconfigCase> = {},
): KubeconfigCase {
  const shown = "error" in result ? result : { context: "a", server: "https://a", ...result };
  const { files = {}, ...rest } = more;
  return {
    name: `user: ${name}`,
    files: { [home]: config("a", "server: https://a", fields), ...files },
    result: shown,
    ...rest,
  };
}

const later = "kubectl finds out when it connects";
const certData = `client-certificate-data: ${base64(pemA)}`;
const keyData = `client-key-data: ${base64(pemKey)}`;
const v1 = "client.authentication.k8s.io/v1";
const v1beta1 = "client.authentication.k8s.io/v1beta1";
const plugin = {
  command: "get-token",
  args: [],
  env: {},
  apiVersion: v1,
  interactiveMode: "Never",
  provideClusterInfo: false,
};
const exec = (fields: string): string => `exec: { ${fields} }`;
const plain = `command: get-token, apiVersion: ${v1}, interactiveMode: Never`;
const oidc = (fields: string): string => `auth-provider: { name: oidc, config: { ${fields} } }`;
const login = "idp-issuer-url: https://idp, client-id: kube";

/** What a user may say. */
export const users: readonly KubeconfigCase[] = [
  row("nobody", "", {}),
  row("a token", "token: abc", { token: "abc" }),
  row("a token that is a number", "token: 123456", { error: `${place}: token must be text; put it in quotes` }),
  row(
    "a token with a line break",
    'token: "abc\\n"',
    { error: "token holds spaces or characters that no header may hold" },
    { notKubectl: later },
  ),
  row("a token file", "tokenFile: token", { tokenFile: "/v/home/.kube/token" }),
  row("an absolute token file", "tokenFile: /run/token", { tokenFile: "/run/token" }),
  row("a token and its file", "token: abc, tokenFile: token", { token: "abc", tokenFile: "/v/home/.kube/token" }),
  row("a user name and password", "username: me, password: secret", { basic: "me:secret" }),
  row("a user name alone", "username: me", { basic: "me:" }),
  row(
    "a user name with a colon",
    'username: "a:b", password: c',
    { error: "username must not hold a colon" },
    { notKubectl: later },
  ),
  row(
    "a token and a password",
    "token: abc, username: me, password: canary",
    { error: `${place}: a token and a username stand side by side` },
    { notKubectl: later },
  ),
  row(
    "a token file and a password",
    "tokenFile: t, username: me",
    { error: "a token and a username stand side by side" },
    { notKubectl: later },
  ),

  row("a certificate as data", `${certData}, ${keyData}`, { cert: pemA, key: pemKey }),
  row(
    "a certificate in files",
    "client-certificate: me.crt, client-key: pki/me.key",
    { cert: "@/v/home/.kube/me.crt", key: "@/v/home/.kube/pki/me.key" },
    { files: { "/v/home/.kube/me.crt": pemA, "/v/home/.kube/pki/me.key": pemKey } },
  ),
  row(
    "a certificate as data, its key in a file",
    `${certData}, client-key: me.key`,
    { cert: pemA, key: "@/v/home/.kube/me.key" },
    { files: { "/v/home/.kube/me.key": pemKey } },
  ),
  row(
    "data go before files",
    `${certData}, ${keyData}, client-certificate: /v/x, client-key: /v/y`,
    { cert: pemA, key: pemKey },
    { notKubectl: "kubectl refuses both, against the format's own documentation" },
  ),
  row(
    "a certificate without key",
    certData,
    { error: "a client-certificate needs a client-key" },
    { notKubectl: later },
  ),
  row(
    "a key without certificate is none",
    keyData,
    {},
    { notKubectl: "kubectl config view shows the key that it will not use" },
  ),
  row("a certificate and a token", `${certData}, ${keyData}, token: abc`, { cert: pemA, key: pemKey, token: "abc" }),
  row("a key that is no base64", `${certData}, client-key-data: "!"`, { error: "client-key-data must be base64" }),

  row("act as somebody", "token: t, as: jane", { token: "t", as: { user: "jane", groups: [], extra: {} } }),
  row(
    "act as somebody in groups, with uid and extra",
    "as: jane, as-uid: u-1, as-groups: [a, b], as-user-extra: { scopes: [v1, v2], Reason: [v3] }",
    {
      as: { user: "jane", uid: "u-1", groups: ["a", "b"], extra: { scopes: ["v1", "v2"], Reason: ["v3"] } },
    },
  ),
  row(
    "groups without a user",
    "as-groups: [a]",
    { error: "as-uid, as-groups and as-user-extra need `as`" },
    { notKubectl: later },
  ),
  row("uid without a user", "as-uid: u", { error: "need `as`" }, { notKubectl: later }),
  row("extra without a user", "as-user-extra: { a: [b] }", { error: "need `as`" }, { notKubectl: later }),
  row("groups that are no list", "as: jane, as-groups: admins", { error: "as-groups must be a list" }),
  row("groups that are numbers", "as: jane, as-groups: [1]", { error: "as-groups must be a list of texts" }),
  row("extra that is no map of lists", "as: jane, as-user-extra: { a: b }", {
    error: "as-user-extra: a must be a list of texts",
  }),

  row("a plugin", exec(plain), { exec: plugin }),
  row(
    "a plugin in full",
    exec(
      `${plain.replace("Never", "Always")}, args: [eks, "a b"], env: [{ name: A, value: b }], provideClusterInfo: true, installHint: get it`,
    ),
    {
      exec: {
        ...plugin,
        interactiveMode: "Always",
        args: ["eks", "a b"],
        env: { A: "b" },
        provideClusterInfo: true,
        installHint: "get it",
      },
    },
  ),
  row("a plugin beside the kubeconfig", exec(plain.replace("get-token", "./bin/get-token")), {
    exec: { ...plugin, command: "/v/home/.kube/bin/get-token" },
  }),
  row("a plugin by absolute path", exec(plain.replace("get-token", "/opt/get-token")), {
    exec: { ...plugin, command: "/opt/get-token" },
  }),
  row("a v1beta1 plugin asks if it can", exec(`command: get-token, apiVersion: ${v1beta1}`), {
    exec: { ...plugin, apiVersion: v1beta1, interactiveMode: "IfAvailable" },
  }),
  row(
    "a v1 plugin must say whether it asks",
    exec(`command: get-token, apiVersion: ${v1}`),
    { error: `exec of ${place}: interactiveMode must be Never, IfAvailable or Always` },
    { notKubectl: later },
  ),
  row(
    "a plugin that asks sometimes",
    exec(`command: get-token, apiVersion: ${v1}, interactiveMode: Sometimes`),
    { error: "interactiveMode must be" },
    { notKubectl: later },
  ),
  row(
    "a v1alpha1 plugin",
    exec(`${plain}alpha`.replace(`${v1},`, `${v1}alpha1,`)),
    { error: "v1alpha1 is gone since Kubernetes 1.24" },
    { notKubectl: later },
  ),
  row(
    "a plugin without apiVersion",
    exec("command: get-token"),
    { error: `apiVersion: it must be ${v1} or ${v1beta1}` },
    { notKubectl: later },
  ),
  row(
    "a plugin without command",
    exec(`apiVersion: ${v1}`),
    { error: "command must name the plugin to run" },
    { notKubectl: later },
  ),
  row(
    "a plugin's variable without name",
    exec(`${plain}, env: [{ value: b }]`),
    { error: "every variable of env needs a name" },
    { notKubectl: later },
  ),
  row("a plugin's arguments that are numbers", exec(`${plain}, args: [1]`), { error: "args must be a list of texts" }),
  row(
    "a token goes before a plugin",
    `token: abc, ${exec(plain)}`,
    { token: "abc" },
    { notKubectl: "kubectl config view shows the plugin that it will not run" },
  ),
  row(
    "a certificate goes before a plugin",
    `${certData}, ${keyData}, ${exec(plain)}`,
    { cert: pemA, key: pemKey },
    { notKubectl: "kubectl config view shows the plugin that it will not run" },
  ),
  row(
    "a plugin and an auth provider",
    `${exec(plain)}, ${oidc(login)}`,
    { error: "exec and auth-provider stand side by side" },
    { notKubectl: later },
  ),

  row("a login", oidc(login), { oidc: { issuerUrl: "https://idp", clientId: "kube" } }),
  row(
    "a login in full",
    oidc(`${login}, client-secret: s, id-token: i, refresh-token: r, idp-certificate-authority-data: ${base64(pemA)}`),
    {
      oidc: {
        issuerUrl: "https://idp",
        clientId: "kube",
        clientSecret: "s",
        idToken: "i",
        refreshToken: "r",
        issuerCa: pemA,
      },
    },
  ),
  row("a login with authorities in a file", oidc(`${login}, idp-certificate-authority: idp.crt`), {
    oidc: { issuerUrl: "https://idp", clientId: "kube", issuerCa: "@/v/home/.kube/idp.crt" },
  }),
  row(
    "a login without issuer",
    oidc("client-id: kube"),
    { error: `auth-provider of ${place}: config needs idp-issuer-url` },
    { notKubectl: later },
  ),
  row(
    "a login without client",
    oidc("idp-issuer-url: https://idp"),
    { error: "config needs client-id" },
    { notKubectl: later },
  ),
  row(
    "a login at no URL",
    oidc("idp-issuer-url: idp, client-id: kube"),
    { error: "idp-issuer-url must be an https URL" },
    { notKubectl: later },
  ),
  row(
    "the gone provider of Google",
    "auth-provider: { name: gcp }",
    { error: 'name "gcp": it left Kubernetes in 1.26; use the exec plugin gke-gcloud-auth-plugin' },
    { notKubectl: later },
  ),
  row(
    "the gone provider of Azure",
    "auth-provider: { name: azure }",
    { error: "use the exec plugin kubelogin" },
    { notKubectl: later },
  ),
  row(
    "an unknown provider",
    "auth-provider: { name: constructor }",
    { error: "only oidc is known; use an exec plugin" },
    { notKubectl: later },
  ),
  row(
    "a token goes before a login",
    `token: abc, ${oidc(login)}`,
    { token: "abc" },
    { notKubectl: "kubectl config view shows the login that it will not use" },
  ),
];
