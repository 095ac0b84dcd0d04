import { connect, connectOnUse, type ConnectOptions } from "kubewright";
import type { Case } from "./case.ts";

const server = "https://h";

function wrong(options: object): () => Promise<unknown> {
  return () => connect(options as ConnectOptions);
}

/** Wrong options of `connect()`. */
export const optionCases: readonly Case[] = [
  ["an option of another client", wrong({ skipTLSVerify: true })],
  ["an option that is misspelt", wrong({ kubeconfg: "a" })],
  ["two sources at once", wrong({ kubeconfig: "a", kubeconfigText: "b" })],
  ["the pod outside of one", wrong({ inCluster: true })],
  ["a server of another scheme", wrong({ server: "ftp://h" })],
  ["authorities that are not PEM", wrong({ server, ca: "a" })],
  [
    "authorities that are not looked at",
    wrong({ server, ca: "-----BEGIN CERTIFICATE-----", insecureSkipTlsVerify: true }),
  ],
  ["a certificate without its key", wrong({ server, cert: "-----BEGIN CERTIFICATE-----" })],
  ["a token of spaces", wrong({ server, token: "a b" })],
  ["a password over plain http", wrong({ server: "http://h", basicAuth: { username: "n", password: "p" } })],
  ["groups without a user", wrong({ server, impersonate: { groups: ["a"] } })],
  ["a time that is none", wrong({ server, timeoutMs: "1" })],
  ["an encoding that is misspelt", wrong({ server, encoding: { reads: "protobuf" } })],
  ["a rate that is none", wrong({ server, rateLimit: { qps: 0 } })],
  ["a namespace before the configuration is read", () => connectOnUse({ server }).namespace],
];
