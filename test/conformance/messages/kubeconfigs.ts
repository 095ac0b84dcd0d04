import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type ConnectOptions } from "kubewright";
import type { Case } from "./case.ts";

const contexts = "contexts: [{ name: a, context: { cluster: c, user: u } }]\ncurrent-context: a";
const cluster = "clusters: [{ name: c, cluster: { server: https://h } }]";

/** A kubeconfig whose user holds `fields`. */
function withUser(fields: string, options: ConnectOptions = {}): () => Promise<unknown> {
  return text(`${cluster}\nusers: [{ name: u, user: { ${fields} } }]\n${contexts}`, options);
}

/** A kubeconfig whose cluster holds `fields`. */
function withCluster(fields: string, options: ConnectOptions = {}): () => Promise<unknown> {
  return text(`clusters: [{ name: c, cluster: { ${fields} } }]\n${contexts.replace(", user: u", "")}`, options);
}

function text(kubeconfigText: string, options: ConnectOptions = {}): () => Promise<unknown> {
  return async () => {
    await using made = await connect({ kubeconfigText, ...options });
    return await made.version();
  };
}

/** What is wrong with kubeconfigs; `folder` is empty. */
export function kubeconfigCases(folder: string): readonly Case[] {
  const file = join(folder, "config");
  writeFileSync(file, "clusters: 1\n");
  return [
    ["nothing to connect to", () => connect()],
    ["a kubeconfig that does not exist", () => connect({ kubeconfig: join(folder, "absent") })],
    ["a section that is not a list", () => connect({ kubeconfig: file })],
    ["a kubeconfig that is not YAML", text("a: [")],
    ["a kubeconfig that is not a map", text("- a")],
    ["no current context", text(`${cluster}\n${contexts.replace("current-context: a", "")}`)],
    [
      "a context that is not there",
      text(`${cluster}\n${contexts.replace("current-context: a", "")}`, { context: "b" }),
    ],
    ["a cluster that is not there", text(contexts)],
    ["a user that is not there", text(`${cluster}\n${contexts}`)],
    ["a name that is there twice", text(`${cluster.replace("]", ", { name: c, cluster: {} }]")}\n${contexts}`)],
    ["a cluster without a server", withCluster("")],
    ["a server that is not an address", withCluster('server: "https://"')],
    ["authorities that are not base64", withCluster('server: https://h, certificate-authority-data: "?"')],
    ["a proxy that is not an address", withCluster("server: https://h, proxy-url: a b")],
    ["a token and a username", withUser("token: t, username: jane, password: p")],
    [
      "a plugin and an auth provider",
      withUser(
        "exec: { command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never }, auth-provider: { name: oidc }",
      ),
    ],
    ["a client certificate without a key", withUser(`client-certificate-data: ${btoa("-----BEGIN CERTIFICATE-----")}`)],
    ["a plugin of an unknown version", withUser("exec: { command: x, apiVersion: v1, interactiveMode: Never }")],
    ["a plugin in an untrusted kubeconfig", withUser("exec: { command: x }", { untrusted: true })],
    [
      "a plugin that is not there",
      withUser(
        "exec: { command: no-such-plugin, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, installHint: see https://example.com }",
      ),
    ],
    [
      "a plugin that is not allowed",
      withUser("exec: { command: sh, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never }", {
        execPolicy: "DenyAll",
      }),
    ],
    ["a token file that does not exist", withUser(`tokenFile: ${join(folder, "token")}`)],
  ];
}
