import { readFile } from "node:fs/promises";
import { connect, connectOnUse, isForbidden, isUnauthorized, type Cluster, type ConnectOptions } from "kubewright";
import { createCluster, type CallOptions } from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { AuthenticationV1, type SelfSubjectReview } from "kubewright/authentication/v1";
import { CoreV1 } from "kubewright/core/v1";
import { describe, expect, inject, test } from "vitest";
import { adminCluster, ownNamespace } from "./support.ts";

// Who a call is that brings a token of its own, as the API server sees it: it asks a client certificate first, so on a connection that
// shows the admin's certificate every token would be the admin.

const held = adminCluster();
const own = ownNamespace(held);
const review = JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" });

async function nameOf(cluster: Cluster, options?: CallOptions): Promise<string | undefined> {
  return (await cluster.api(AuthenticationV1).selfSubjectReviews.create({}, options)).status?.userInfo?.username;
}

async function nameByHand(cluster: Cluster, headers: Readonly<Record<string, string>>): Promise<string | undefined> {
  const path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  const response = await cluster.request({
    method: "POST",
    path,
    headers: { "content-type": "application/json", ...headers },
    body: review,
  });
  return ((await response.json()) as SelfSubjectReview).status?.userInfo?.username;
}

const saName = (): string => {
  const { namespace, name } = inject("controlPlane").serviceAccount;
  return `system:serviceaccount:${namespace}:${name}`;
};

describe.each(["auto", "http/1.1"] as const)("over %s", (protocol) => {
  const byCertificate = (): ConnectOptions => ({
    kubeconfig: inject("controlPlane").clientCertificate.kubeconfig,
    protocol,
  });
  const byToken = (): ConnectOptions => ({ kubeconfig: inject("controlPlane").admin.kubeconfig, protocol });

  test("a call's token goes before the connection's certificate, and the connection stays who it was", async () => {
    const { noRights, serviceAccount, clientCertificate } = inject("controlPlane");
    await using cluster = await connect(byCertificate());
    expect(await nameOf(cluster)).toBe(clientCertificate.user);
    expect(await nameOf(cluster, { token: noRights.token })).toBe(noRights.user);
    expect(await nameOf(cluster)).toBe(clientCertificate.user);
    expect(await nameOf(cluster, { token: serviceAccount.token })).toBe(saName());
  });

  test("also when the first call of all brings one, and when both are under way at a time", async () => {
    const { noRights, serviceAccount, clientCertificate } = inject("controlPlane");
    await using cluster = connectOnUse(byCertificate());
    const tokens = [noRights.token, undefined, serviceAccount.token, undefined, noRights.token];
    const names = await Promise.all(tokens.map((token) => nameOf(cluster, { token })));
    const { user } = clientCertificate;
    expect(names).toEqual([noRights.user, user, saName(), user, noRights.user]);
  });

  test("a call's token goes before the connection's token", async () => {
    const { noRights, admin } = inject("controlPlane");
    await using cluster = await connect(byToken());
    expect(await nameOf(cluster, { token: noRights.token })).toBe(noRights.user);
    expect(await nameOf(cluster)).toBe(admin.user);
  });

  test("the connection's impersonation is not the call's; impersonation beside the token is asked for by its user", async () => {
    const { noRights, admin } = inject("controlPlane");
    for (const options of [byCertificate(), byToken()]) {
      await using cluster = await connect({ ...options, impersonate: { user: "jane" } });
      expect(await nameOf(cluster)).toBe("jane");
      expect(await nameOf(cluster, { token: noRights.token })).toBe(noRights.user);
      expect(await nameOf(cluster, { token: admin.token, impersonate: { user: "joe" } })).toBe("joe");
      const refused = nameOf(cluster, { token: noRights.token, impersonate: { user: "joe" } });
      await expect(refused).rejects.toSatisfy(isForbidden);
    }
  });

  test("a raw request is whom its token or its Authorization header names", async () => {
    const { noRights, serviceAccount } = inject("controlPlane");
    for (const options of [byCertificate(), byToken()]) {
      await using cluster = await connect({ ...options, impersonate: { user: "jane" } });
      expect(await nameByHand(cluster, { Authorization: `Bearer ${noRights.token}` })).toBe(noRights.user);
      expect(await nameByHand(cluster, {})).toBe("jane");
      const response = await cluster.request({
        method: "POST",
        path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
        headers: { "content-type": "application/json" },
        body: review,
        token: serviceAccount.token,
      });
      expect(await response.json()).toMatchObject({ status: { userInfo: { username: saName() } } });
    }
  });

  test("so is a request to which an interceptor gave an Authorization header", async () => {
    const { noRights } = inject("controlPlane");
    const authorization = [`Bearer ${noRights.token}`];
    await using cluster = await connect({
      ...byCertificate(),
      interceptors: [(next) => (request) => next({ ...request, headers: { ...request.headers, authorization } })],
    });
    expect(await nameOf(cluster)).toBe(noRights.user);
  });

  test("and a call of a cluster that was put together by hand", async () => {
    const { server, caFile, clientCertificate, noRights } = inject("controlPlane");
    const [ca, cert, key] = await Promise.all(
      [caFile, clientCertificate.certFile, clientCertificate.keyFile].map((file) => readFile(file)),
    );
    await using cluster = createCluster({ transport: createNodeTransport({ server, ca, cert, key, protocol }) });
    expect(await nameOf(cluster)).toBe(clientCertificate.user);
    expect(await nameOf(cluster, { token: noRights.token })).toBe(noRights.user);
    expect(await nameByHand(cluster, { authorization: `Bearer ${noRights.token}` })).toBe(noRights.user);
  });

  test("a token without rights is refused in every kind of call, although the connection is an admin's", async () => {
    const { token } = inject("controlPlane").noRights;
    for (const options of [byCertificate(), byToken()]) {
      await using cluster = await connect(options);
      const maps = cluster.api(CoreV1).configMaps.in(own.namespace);
      const pages = async (): Promise<void> => {
        for await (const _ of maps.each({ token })) expect.unreachable();
      };
      const watching = async (): Promise<void> => {
        for await (const _ of maps.watch({ token })) expect.unreachable();
      };
      const object = {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "a", namespace: own.namespace },
      } as const;
      const calls = [
        maps.list({ token }),
        maps.get("a", { token }),
        maps.create({ metadata: { name: "a" } }, { token }),
        maps.modify("kube-root-ca.crt", () => {}, { token }),
        maps.delete("a", { token }),
        maps.metadata.list({ token }),
        pages(),
        watching(),
        cluster.get(object, { token }),
        cluster.apply(object, { token }),
      ];
      for (const outcome of await Promise.allSettled(calls)) {
        expect(outcome.status).toBe("rejected");
        expect((outcome as PromiseRejectedResult).reason).toSatisfy(isForbidden);
      }
      await expect(cluster.applyAll([object], { token })).rejects.toMatchObject({ name: "ApplyAllError" });
      expect((await maps.list()).items.map(({ metadata }) => metadata.name)).not.toContain("a");
    }
  });

  test("a token that nobody knows is a 401 for the call alone: the error does not show it, and others go on", async () => {
    const { clientCertificate } = inject("controlPlane");
    await using cluster = await connect(byCertificate());
    const others = Array.from({ length: 5 }, () => nameOf(cluster));
    await expect(nameOf(cluster, { token: "hunter2-of-nobody" })).rejects.toSatisfy(isUnauthorized);
    await expect(nameByHand(cluster, { authorization: "Bearer hunter2-of-nobody" })).rejects.toSatisfy(isUnauthorized);
    expect(new Set(await Promise.all(others))).toEqual(new Set([clientCertificate.user]));
  });
});
