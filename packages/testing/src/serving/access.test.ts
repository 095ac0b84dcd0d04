import { type Cluster, createCluster, type Interceptor, isForbidden, isUnauthorized } from "@kubewright/core";
import { AuthenticationV1 } from "@kubewright/api/authentication/v1";
import { AuthorizationV1 } from "@kubewright/api/authorization/v1";
import { CoreV1 } from "@kubewright/api/core/v1";
import { afterEach, expect, test } from "vitest";
import { refusal, rejection } from "../../../../test/support/api-request.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createApiServer } from "./create-api-server.ts";
import type { ApiServerHeart } from "./heart.ts";

const clusters: Cluster[] = [];
afterEach(async () => {
  await Promise.all(clusters.splice(0).map((cluster) => cluster.close()));
});

/** A connection with headers of its own. */
function as(server: ApiServerHeart, headers: Readonly<Record<string, string>>): Cluster {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const identify: Interceptor = (next) => (request) => next({ ...request, headers: { ...request.headers, ...lists } });
  const cluster = createCluster({ transport: server.transport(), interceptors: [identify], fieldManager: "test" });
  clusters.push(cluster);
  return cluster;
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const whoIs = async (cluster: Cluster): Promise<unknown> =>
  (await cluster.api(AuthenticationV1).selfSubjectReviews.create({})).status?.userInfo;

test("nobody has to say who they are, unless there are users", async () => {
  const open = createApiServer({ controllers: false });
  expect(await whoIs(as(open, {}))).toMatchObject({ username: "kubernetes-admin" });
  const server = createApiServer({ controllers: false, users: { canary1: { name: "alice", groups: ["builders"] } } });
  expect(await whoIs(as(server, bearer("canary1")))).toEqual({
    username: "alice",
    groups: ["builders", "system:authenticated"],
  });
  expect(isUnauthorized(await rejection(whoIs(as(server, bearer("canary2")))))).toBe(true);
  const maps = as(server, {}).api(CoreV1).configMaps.in("default");
  expect(isForbidden(await rejection(maps.list()))).toBe(true);
});

test("a rule says what somebody may do, and why they may not", async () => {
  const server = createApiServer({
    controllers: false,
    users: { canary1: { name: "alice" }, canary2: { name: "bob" } },
    authorize: ({ user, verb, resource, namespace }) => {
      if (user.name === "alice") return true;
      if (resource !== "configmaps" || namespace !== "default") return false;
      return verb === "list" || "bob only looks";
    },
  });
  const [alice, bob] = [as(server, bearer("canary1")), as(server, bearer("canary2"))];
  const maps = bob.api(CoreV1).configMaps;
  await alice
    .api(CoreV1)
    .configMaps.in("default")
    .create({ metadata: { name: "a" } });
  expect((await maps.in("default").list()).items).toHaveLength(1);
  expect(await refusal(maps.list())).toContain(
    'configmaps is forbidden: User "bob" cannot list resource "configmaps" in API group "" at the cluster scope',
  );
  expect(await refusal(maps.in("default").delete("a"))).toContain(
    'configmaps "a" is forbidden: User "bob" cannot delete resource "configmaps" in API group "" in the namespace "default": bob only looks',
  );
  const review = await bob.api(AuthorizationV1).selfSubjectAccessReviews.create({
    spec: { resourceAttributes: { verb: "delete", resource: "configmaps", namespace: "default" } },
  });
  expect(review.status).toEqual({ allowed: false, reason: "bob only looks" });
});

test("whoever may can act as somebody else", async () => {
  const server = createApiServer({
    controllers: false,
    users: { canary1: { name: "alice" } },
    authorize: ({ verb, resource, name }) => verb !== "impersonate" || (resource === "users" && name === "bob"),
  });
  const acting = (name: string): Cluster => as(server, { ...bearer("canary1"), "impersonate-user": name });
  expect(await whoIs(acting("bob"))).toEqual({ username: "bob", groups: ["system:authenticated"] });
  expect(isForbidden(await rejection(whoIs(acting("carol"))))).toBe(true);
});

test("a service account asks with a token until it expires, or the account is gone", async () => {
  const clock = createVirtualClock();
  const server = createApiServer({ clock, controllers: false, users: { canary1: { name: "admin" } } });
  const accounts = as(server, bearer("canary1")).api(CoreV1).serviceAccounts.in("default");
  await accounts.create({ metadata: { name: "robot" } });
  const tokenFor = async (expirationSeconds: number): Promise<string> =>
    (await accounts.token.create("robot", { spec: { audiences: [], expirationSeconds } })).status?.token ?? "";
  const [brief, long] = [as(server, bearer(await tokenFor(600))), as(server, bearer(await tokenFor(7200)))];
  expect(await whoIs(brief)).toMatchObject({
    username: "system:serviceaccount:default:robot",
    groups: ["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"],
  });
  await clock.advance(3_600_000);
  expect(isUnauthorized(await rejection(whoIs(brief)))).toBe(true);
  expect(await whoIs(long)).toMatchObject({ username: "system:serviceaccount:default:robot" });
  await accounts.delete("robot");
  expect(isUnauthorized(await rejection(whoIs(long)))).toBe(true);
});
