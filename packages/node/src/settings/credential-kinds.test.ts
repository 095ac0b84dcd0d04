import { expect, test } from "vitest";
import { credentialKinds, type CredentialKind } from "./credential-kinds.ts";
import type { ResolvedUser } from "./resolved.ts";
import { Secret } from "./secret.ts";

const secret = new Secret("hunter2 hunter2");
const pem = { text: secret };

// Complete by its type: a new kind does not compile before it stands here.
const samples: { readonly [Kind in CredentialKind]: NonNullable<ResolvedUser[Kind]> } = {
  token: secret,
  tokenFile: "/var/run/token",
  certificate: { cert: pem, key: pem },
  basic: { username: "jane", password: secret },
  exec: {
    command: "plugin",
    args: [],
    env: [],
    apiVersion: "client.authentication.k8s.io/v1",
    interactiveMode: "Never",
    provideClusterInfo: false,
    installHint: undefined,
  },
  oidc: {
    issuerUrl: "https://issuer.test",
    clientId: "me",
    clientSecret: undefined,
    idToken: secret,
    refreshToken: undefined,
    issuerCa: undefined,
  },
};

const nobody: ResolvedUser = {
  token: undefined,
  tokenFile: undefined,
  certificate: undefined,
  basic: undefined,
  exec: undefined,
  oidc: undefined,
  impersonate: { user: "jane" },
};

test.each(Object.entries(samples))("a %s is a credential", (kind, sample) => {
  expect(credentialKinds({ ...nobody, [kind]: sample })).toEqual([kind]);
});

test("whom to act as is not a credential", () => {
  expect(credentialKinds(nobody)).toEqual([]);
});
