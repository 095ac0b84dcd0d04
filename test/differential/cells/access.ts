import { pick } from "../chance.ts";
import type { Player, Request, Sequence } from "../exchange.ts";

const paths = [
  "/api/v1/namespaces/NAMESPACE/pods",
  "/api/v1/namespaces/NAMESPACE/secrets/a",
  "/api/v1/nodes",
  "/api/v1/namespaces/NAMESPACE",
  "/api/v1/namespaces/NAMESPACE/status",
  "/apis/apps/v1/namespaces/NAMESPACE/deployments",
  "/apis/apps/v1/namespaces/NAMESPACE/deployments/a/scale",
  "/apis/apps/v1/deployments?watch=true",
  "/apis/nope.example.com/v1/things",
  "/api/v1/pods?fieldSelector=metadata.name%3Da",
  "/api/v1/nothings/a",
];
const otherPaths = ["/", "/metrics", "/nope", "/livez/etcd", "/healthz/ping", "/debug", "/apis<b>&"];
const open = ["/healthz", "/livez", "/readyz", "/version"];
const discovery = ["/api", "/apis", "/apis/apps", "/apis/apps/v1", "/openapi/v3/version"];
const methods = ["GET", "GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const users = ["alice", "bob@example.com", 'quo"ted', "system:serviceaccount:away:robot", "system:node:far"];

/** Who asks, and what they may do. */
export const access: Readonly<Record<string, Sequence>> = {
  "access: nobody's token": async ({ send }, chance, namespace) => {
    const token = pick(chance, ["nonsense", "a.b.c", "e30.e30.e30"]);
    await send({ method: "GET", path: pick(chance, [...open, ...discovery]), token });
    await send({ method: pick(chance, methods), path: within(namespace, pick(chance, paths)), token });
    await send({ method: "GET", path: pick(chance, otherPaths), token });
  },
  "access: anonymous": async ({ send }, chance, namespace) => {
    const token = "";
    await send({ method: "GET", path: pick(chance, open), token });
    await send({ method: "GET", path: pick(chance, discovery), token });
    await send({ method: pick(chance, methods), path: within(namespace, pick(chance, paths)), token });
    await send({ method: pick(chance, methods), path: pick(chance, otherPaths), token });
    await send({ method: pick(chance, ["POST", "HEAD"]), path: pick(chance, open), token });
  },
  "access: without a role": async ({ send }, chance, namespace) => {
    const headers = { "impersonate-user": pick(chance, users) };
    await send({ method: "GET", path: pick(chance, open), headers });
    await send({ method: "GET", path: pick(chance, discovery), headers });
    for (let i = 0; i < 3; i++)
      await send({ method: pick(chance, methods), path: within(namespace, pick(chance, paths)), headers });
    await send({ method: pick(chance, methods), path: pick(chance, otherPaths), headers });
  },
  "access: acting as somebody": async (player, chance, namespace) => {
    const masters = { "impersonate-user": pick(chance, users.slice(0, 3)), "impersonate-group": "system:masters" };
    await player.send({
      method: "GET",
      path: within(namespace, "/api/v1/namespaces/NAMESPACE/pods"),
      headers: masters,
    });
    const headers = { "impersonate-user": pick(chance, users), ...pick(chance, details) };
    await whoAmI(player, { headers });
    await whoAmI(player, { headers: { "impersonate-user": pick(chance, [...users, "system:anonymous"]) } });
    await player.send({ method: "GET", path: "/api/v1/nodes", headers: pick(chance, details.slice(1)) });
    // Neither may act as anybody.
    const chained = { ...headers, "impersonate-user": pick(chance, users) };
    await player.send({ method: "GET", path: pick(chance, ["/version", "/api"]), headers: chained, token: "" });
    await player.send({ method: "GET", path: within(namespace, pick(chance, paths)), headers: chained, token: "" });
  },
};

/** What is said of whom somebody acts as, beside the name. */
const details: readonly Readonly<Record<string, string>>[] = [
  {},
  { "impersonate-group": "builders" },
  { "impersonate-uid": "some-uid" },
  { "impersonate-extra-scopes": "view", "impersonate-group": "system:authenticated" },
  { "impersonate-extra-acme.com%2fproject": "moon" },
];

function whoAmI({ send }: Player, more: Partial<Request>): Promise<unknown> {
  return send({
    method: "POST",
    path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
    body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" },
    ...more,
  });
}

function within(namespace: string, path: string): string {
  return path.replace("NAMESPACE", namespace);
}
