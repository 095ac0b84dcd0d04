import { isForbidden, isUnauthorized, StatusError } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";

import { clusterCa, connecting, controlPlane, failureOf } from "./support.ts";

const connected = connecting();

test.each(["auto", "http/1.1"] as const)(
  "a user without rights hears from every call over %s who may not do what",
  async (protocol) => {
    const { noRights } = controlPlane();
    const cluster = await connected({ kubeconfig: noRights.kubeconfig, protocol });
    const secrets = cluster.api(CoreV1).secrets.in("kube-system");
    const watch = async (): Promise<void> => {
      for await (const _ of secrets.watch());
    };
    const calls = {
      get: () => secrets.get("x"),
      list: () => secrets.list(),
      watch,
      create: () => secrets.create({ metadata: { name: "x" } }),
      delete: () => secrets.delete("x"),
    };
    for (const [verb, call] of Object.entries(calls)) {
      const { error } = await failureOf(call());
      expect(isForbidden(error)).toBe(true);
      const said = new RegExp(
        `^Forbidden: secrets .*is forbidden: User "${noRights.user}" cannot ${verb} resource "secrets" .*\\(${verb} /api/v1/`,
      );
      expect(error.message).toMatch(said);
    }
  },
);

test("wrong, missing and malformed credentials are refused as that, without quoting them", async () => {
  const { server } = controlPlane();
  for (const token of ["wrong", "eyJhbGciOiJSUzI1NiJ9.e30.canary"]) {
    const cluster = await connected({ server, ca: clusterCa(), token });
    const { error } = await failureOf(cluster.api(CoreV1).pods.list());
    expect(isUnauthorized(error)).toBe(true);
    expect(error.message).toMatch(/^Unauthorized: .*\(list \/api\/v1\/pods\)$/);
    expect(error.message).not.toContain(token);
  }
  const anonymous = await connected({ server, ca: clusterCa() });
  const { error } = await failureOf(anonymous.api(CoreV1).pods.list());
  expect(error).toBeInstanceOf(StatusError);
  expect(error.message).toMatch(/^(Forbidden: .*system:anonymous|Unauthorized: )/);
});
