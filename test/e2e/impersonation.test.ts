import { readFile } from "node:fs/promises";
import { connect, type ConnectOptions } from "kubewright";
import type { Impersonation } from "@kubewright/core";
import { AuthenticationV1 } from "kubewright/authentication/v1";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { recordWire } from "./wire.ts";

// SelfSubjectReview is the API server's own answer to "who am I?": what arrived there, not what was sent.

const groups = ["team:ops", "dev, with comma and space", "Größe 大小 😀"];
const impersonation: Impersonation = {
  user: "jané@example.com",
  groups,
  uid: "0a1b-ключ",
  extra: { "example.com/Scopes": ["read", "write, all"], plain: ["1", "€"], "MiXed%2Fäß": ["2"] },
};
/** The server adds the group of everybody who is authenticated. */
const whoJaneIs = {
  username: "jané@example.com",
  uid: "0a1b-ключ",
  groups: [...groups, "system:authenticated"],
  extra: { "example.com/Scopes": ["read", "write, all"], plain: ["1", "€"], "MiXed%2Fäß": ["2"] },
};

let wire: ReturnType<typeof recordWire>;
beforeAll(() => {
  wire = recordWire();
});
afterEach(() => {
  wire.requests.length = 0;
});
afterAll(() => wire.stop());

async function whoAmI(options: ConnectOptions, perCall?: Impersonation): Promise<unknown> {
  await using cluster = await connect(options);
  const reviews = cluster.api(AuthenticationV1).selfSubjectReviews;
  return (await reviews.create({}, { impersonate: perCall })).status?.userInfo;
}

const protocols = [
  ["HTTP/2", "auto", "h2"],
  ["HTTP/1.1", "http/1.1", "http/1.1"],
] as const;

describe.each(protocols)("over %s", (_name, protocol, spoken) => {
  const admin = (): ConnectOptions => ({ kubeconfig: inject("controlPlane").admin.kubeconfig, protocol });
  const oneReview = [{ protocol: spoken, path: expect.stringContaining("/selfsubjectreviews") as string }];

  test("without impersonation it is the admin", async () => {
    expect(await whoAmI(admin())).toMatchObject({ username: "admin" });
    expect(wire.requests).toEqual(oneReview);
  });

  test("the connection can impersonate user, two groups, uid, and extra with capitals, slashes and more", async () => {
    expect(await whoAmI({ ...admin(), impersonate: impersonation })).toEqual(whoJaneIs);
    expect(wire.requests).toEqual(oneReview);
  });

  test("a call can impersonate, also instead of the connection", async () => {
    expect(await whoAmI(admin(), impersonation)).toEqual(whoJaneIs);
    expect(await whoAmI({ ...admin(), impersonate: impersonation }, { user: "joe" })).toEqual({
      username: "joe",
      groups: ["system:authenticated"],
    });
    expect(wire.requests).toEqual([...oneReview, ...oneReview]);
  });

  test("the kubeconfig can impersonate by as, as-groups, as-uid and as-user-extra", async () => {
    const { server, caFile, admin: me } = inject("controlPlane");
    const ca = (await readFile(caFile)).toString("base64");
    const kubeconfigText = JSON.stringify({
      "current-context": "c",
      clusters: [{ name: "c", cluster: { server, "certificate-authority-data": ca } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      users: [
        {
          name: "u",
          user: {
            token: me.token,
            as: impersonation.user,
            "as-uid": impersonation.uid,
            "as-groups": impersonation.groups,
            "as-user-extra": impersonation.extra,
          },
        },
      ],
    });
    expect(await whoAmI({ kubeconfigText, protocol })).toEqual(whoJaneIs);
    expect(wire.requests).toEqual(oneReview);
  });

  test("who may not impersonate is told so, and acts as nobody", async () => {
    const { kubeconfig } = inject("controlPlane").noRights;
    await expect(whoAmI({ kubeconfig, protocol, impersonate: { user: "admin" } })).rejects.toMatchObject({
      name: "StatusError",
      reason: "Forbidden",
    });
    expect(wire.requests).toEqual(oneReview);
  });
});
