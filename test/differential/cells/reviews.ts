import { pick } from "../chance.ts";
import type { Player, Request, Sequence } from "../exchange.ts";

const authentication = "/apis/authentication.k8s.io/v1";
const authorization = "/apis/authorization.k8s.io/v1";
const verbs = ["get", "list", "create", "delete", "*", "use"];
const resources = [
  { resource: "pods" },
  { group: "apps", resource: "deployments", subresource: "scale" },
  { resource: "secrets", name: "a" },
  { group: "*", resource: "*" },
];
const open = [
  { resourceAttributes: { verb: "create", group: "authentication.k8s.io", resource: "selfsubjectreviews" } },
  { resourceAttributes: { verb: "create", group: "authorization.k8s.io", resource: "selfsubjectrulesreviews" } },
  { nonResourceAttributes: { verb: "get", path: "/api/v1" } },
  { nonResourceAttributes: { verb: "get", path: "/openapi/v3" } },
];
const closed = [
  { nonResourceAttributes: { verb: "get", path: "/metrics" } },
  { nonResourceAttributes: { verb: "post", path: "/api" } },
];
const wrong = [
  {},
  { resourceAttributes: { verb: "get" }, nonResourceAttributes: { verb: "get", path: "/" } },
  { resourceAttributes: { verb: "list", resource: "pods", labelSelector: {} } },
  {
    resourceAttributes: {
      verb: "list",
      resource: "pods",
      fieldSelector: { rawSelector: "a=b", requirements: [{ key: "a", operator: "In", values: ["b"] }] },
    },
  },
];
const alice = { "impersonate-user": "alice" };

/** What is answered and not kept: who somebody is, and what they may do. */
export const reviews: Readonly<Record<string, Sequence>> = {
  "reviews: oneself": async (player, chance) => {
    const path = `${authentication}/selfsubjectreviews`;
    await post(player, path, {});
    await post(player, path, { metadata: { name: "a", labels: { a: "b" } } }, { headers: alice });
    await post(player, path, {}, { token: pick(chance, ["", "nonsense"]) });
    await post(player, path, { kind: pick(chance, ["Pod", "TokenReview", "Nonsense"]) });
    await player.send({ method: pick(chance, ["GET", "PUT", "DELETE"]), path });
    await post(player, `${path}?dryRun=${pick(chance, ["All", "Some"])}`, {});
  },
  "reviews: tokens": async (player, chance, namespace) => {
    const path = `${authentication}/tokenreviews`;
    await post(player, path, { spec: { token: pick(chance, ["nonsense", "a.b.c"]) } });
    await post(player, path, { spec: pick(chance, [{}, { audiences: ["a"] }, { token: "" }]) });
    await post(player, path, { spec: { token: "a" } }, { headers: alice });
    const [audience, other] = ["https://moon.example.com", "https://kubernetes.default.svc"];
    const made = await post(player, `/api/v1/namespaces/${namespace}/serviceaccounts/default/token`, {
      spec: { audiences: [audience], expirationSeconds: 600 + Math.floor(chance() * 1000) },
    });
    const { token = "" } = (made.body as { status?: { token?: string } }).status ?? {};
    await post(player, path, { spec: { token, audiences: [pick(chance, [audience, other]), "c"] } });
    await player.send({ method: "GET", path: "/api/v1/nodes", token: "nonsense" });
    await post(player, path, { spec: { token: 5 } });
  },
  "reviews: one's own access": async (player, chance, namespace) => {
    const path = `${authorization}/selfsubjectaccessreviews`;
    const attributes = { namespace, verb: pick(chance, verbs), ...pick(chance, resources) };
    const headers = pick(chance, [{}, alice]);
    await post(player, path, { spec: { resourceAttributes: attributes } }, { headers });
    await post(player, path, { spec: pick(chance, closed) }, { headers });
    await post(player, path, { spec: pick(chance, open) }, { headers: alice });
    await post(player, path, { spec: pick(chance, wrong) });
    await post(player, path, { spec: pick(chance, open) }, { token: "" });
    const raw = pick(chance, ["a in", "a in (b", "a,,b"]);
    await post(player, path, { spec: { resourceAttributes: { ...attributes, labelSelector: { rawSelector: raw } } } });
    await post(player, `${authorization}/selfsubjectrulesreviews`, { spec: {} });
  },
  "reviews: somebody's access": async (player, chance, namespace) => {
    const path = `${authorization}/subjectaccessreviews`;
    const attributes = { namespace, verb: pick(chance, verbs), ...pick(chance, resources) };
    const groups = pick(chance, [["builders"], ["system:masters"], ["system:authenticated", "builders"]]);
    await post(player, path, { spec: { user: "bob", groups, resourceAttributes: attributes } });
    await post(player, path, { spec: { groups: ["system:authenticated"], ...pick(chance, open) } });
    await post(player, path, { spec: { user: "bob", uid: "u", extra: { a: ["b"] }, ...pick(chance, closed) } });
    await post(player, path, { spec: { resourceAttributes: attributes } });
    await post(player, path, { spec: { user: "bob", ...pick(chance, wrong) } });
    await post(player, path, { spec: { user: "bob", resourceAttributes: attributes } }, { headers: alice });
  },
  "reviews: access in a namespace": async (player, chance, namespace) => {
    const path = `${authorization}/namespaces/${namespace}/localsubjectaccessreviews`;
    const attributes = { namespace, verb: pick(chance, verbs), ...pick(chance, resources) };
    const user = pick(chance, ["bob", "system:serviceaccount:a:b"]);
    await post(player, path, { metadata: { namespace }, spec: { user, resourceAttributes: attributes } });
    await post(player, path, { spec: { groups: ["system:masters"], resourceAttributes: attributes } });
    await post(player, path, { spec: { user, resourceAttributes: { ...attributes, namespace: "other" } } });
    await post(player, path, { spec: { user, ...pick(chance, [...open.slice(2), ...closed]) } });
    await post(player, path, { metadata: { namespace: "other" }, spec: { user, resourceAttributes: attributes } });
    await post(player, path, { spec: { user, resourceAttributes: attributes, colour: "red" } });
  },
  "tokens of service accounts": async (player, chance, namespace) => {
    const account = `/api/v1/namespaces/${namespace}/serviceaccounts/default`;
    const path = `${account}/token`;
    const seconds = 600 + Math.floor(chance() * 5000);
    const made = await post(player, path, { spec: pick(chance, [{}, { expirationSeconds: seconds }]) });
    const { token = "" } = (made.body as { status?: { token?: string } }).status ?? {};
    await post(player, `${authorization}/selfsubjectaccessreviews`, { spec: pick(chance, open) }, { token });
    await player.send({ method: "GET", path: `/api/v1/namespaces/${namespace}/pods`, token });
    await post(player, path, { spec: pick(chance, wrongTokens) });
    await post(
      player,
      path,
      pick(chance, [{ metadata: { name: "b" } }, { metadata: { uid: "b" } }, { kind: "Scale" }]),
    );
    const kind = pick(chance, ["Pod", "Secret", "ConfigMap", "Deployment"]);
    const apiVersion = kind === "Deployment" ? "apps/v1" : "v1";
    await post(player, path, { spec: { boundObjectRef: { kind, apiVersion, name: "missing" } } });
    await post(player, `/api/v1/namespaces/${namespace}/serviceaccounts/missing/token`, {});
  },
};

const wrongTokens = [
  { expirationSeconds: 599 },
  { expirationSeconds: 0 },
  { expirationSeconds: -1 },
  { expirationSeconds: 4_294_967_297 },
  { audiences: "a" },
];

function post({ send }: Player, path: string, body: object, more: Partial<Request> = {}): ReturnType<Player["send"]> {
  return send({ method: "POST", path, body, ...more });
}
