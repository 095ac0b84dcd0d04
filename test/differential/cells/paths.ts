import { pick, some } from "../chance.ts";
import type { Request, Sequence } from "../exchange.ts";

type Method = Request["method"];

const namespaced = ["api/v1 configmaps", "api/v1 pods", "apis/apps/v1 deployments", "apis/batch/v1 jobs"] as const;
const clusterScoped = ["api/v1 nodes", "apis/rbac.authorization.k8s.io/v1 clusterroles"] as const;

function split(resource: string): { readonly base: string; readonly plural: string } {
  const [base = "", plural = ""] = resource.split(" ");
  return { base, plural };
}

/** Which paths there are, and what may be done with them. */
export const paths: Readonly<Record<string, Sequence>> = {
  "paths: where nothing is": async ({ send }, chance, namespace) => {
    const { base, plural } = split(pick(chance, namespaced));
    const cluster = split(pick(chance, clusterScoped));
    const wrong = [
      `/${base}/nopes`,
      `/${base}/namespaces/${namespace}/nopes`,
      `/${base}/namespaces/${namespace}/${plural}/x/nope`,
      `/${base}/namespaces/${namespace}/${plural}/x/status/more`,
      `/${base}/${plural}/x`,
      `/${cluster.base}/namespaces/${namespace}/${cluster.plural}`,
      `/${base}/namespaces/a/b/c/d/e`,
      `/${base.replace("v1", "v9")}/${plural}`,
      `/${base}//${plural}`,
      `/apis/nope.example.com/v1/${plural}`,
      `//${base}/${plural}`,
      `/${base}/namespaces/${namespace}/${plural}/a%2Fb`,
      "/api/v1/bindings",
      `/api/v1/namespaces/${namespace}/componentstatuses`,
      "/apis/authentication.k8s.io/v1/tokenreviews/x",
      "/nope",
    ];
    for (const path of some(chance, wrong, 5)) await send({ method: pick(chance, ["GET", "GET", "DELETE"]), path });
    // Slashes at the end are nothing.
    await send({ method: "GET", path: `/${base}/namespaces/${namespace}/${plural}/` });
    await send({ method: "GET", path: `/api/v1/namespaces/${namespace}${pick(chance, ["/", "//", ""])}` });
    await send({ method: "GET", path: `/api/v1/namespaces/${namespace}/status` });
    await send({ method: "GET", path: `/${base}/namespaces/${namespace}/${plural}/not%20there` });
    await send({ method: "GET", path: `/api/v1/namespaces/${namespace}?watch=true` });
    await send({ method: "GET", path: `/${base}/namespaces/${namespace}/${plural}?limit=5` });
  },
  "paths: what may not be done there": async ({ send }, chance, namespace) => {
    const { base, plural } = split(pick(chance, namespaced));
    const inside = `/${base}/namespaces/${namespace}/${plural}`;
    const wrong: readonly (readonly [Method, string])[] = [
      ["POST", `${inside}/x`],
      ["PUT", inside],
      ["PATCH", inside],
      ["HEAD", inside],
      ["POST", `/${base}/${plural}`],
      ["PUT", `/${base}/${plural}`],
      ["PATCH", `/${base}/${plural}`],
      ["POST", "/api/v1/componentstatuses"],
      ["DELETE", "/api/v1/componentstatuses"],
      ["DELETE", "/api/v1/namespaces"],
      ["GET", `/api/v1/namespaces/${namespace}/bindings`],
      ["GET", `/api/v1/namespaces/${namespace}/pods/x/eviction`],
      ["GET", `/api/v1/namespaces/${namespace}/pods/x/binding`],
      ["DELETE", `/api/v1/namespaces/${namespace}/services/x/status`],
      ["POST", `/api/v1/namespaces/${namespace}/pods/x/status`],
      ["GET", `/api/v1/namespaces/${namespace}/finalize`],
      ["GET", "/apis/authentication.k8s.io/v1/tokenreviews"],
      ["POST", `/${base}`],
    ];
    for (const [method, path] of some(chance, wrong, 4)) {
      const sends = method === "POST" || method === "PUT" || method === "PATCH";
      await send({ method, path, ...(sends ? { body: {} } : {}) });
    }
    await send({ method: "GET", path: inside });
    await send({ method: "GET", path: `/${base}/${plural}?fieldSelector=metadata.name%3Dnot-there` });
    await send({ method: "GET", path: `/api/v1/namespaces/${namespace}` });
    await send({ method: "HEAD", path: "/healthz" });
    await send({ method: "GET", path: `/api/v1/namespaces/${namespace}/serviceaccounts/default` });
    await send({ method: "GET", path: `${inside}?labelSelector=a` });
    await send({ method: "GET", path: `${inside}?watch=false` });
    await send({ method: "GET", path: `${inside}?resourceVersion=0` });
  },
  "paths: the older way of watches": async ({ send, watch }, chance, namespace) => {
    const { base } = split(namespaced[0]);
    const path = `/${base}/namespaces/${namespace}/configmaps`;
    const name = pick(chance, ["first", "other"]);
    const named = (which: string, more: object = {}) => ({ metadata: { name: which }, ...more });
    await send({ method: "POST", path, body: named("first", { data: { a: "b" } }) });
    const one = await watch({ path: `/${base}/watch/namespaces/${namespace}/configmaps/${name}?timeoutSeconds=60` });
    const all = await watch({ path: `/${base}/watch/namespaces/${namespace}/configmaps?timeoutSeconds=60` });
    await send({ method: "POST", path, body: named("other") });
    await send({ method: "DELETE", path: `${path}/first` });
    await send({ method: "DELETE", path: `${path}/missing` });
    await one.next(name === "first" ? 2 : 1);
    await all.next(3);
    one.close();
    all.close();
    await send({ method: "POST", path: `/${base}/watch/configmaps`, body: {} });
    await send({ method: "GET", path: `/${base}/watch/nopes` });
  },
  "bodies that are too large": async ({ send }, chance, namespace) => {
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    const text = (length: number): string => "x".repeat(length);
    const most = 3 * 1024 * 1024;
    const mebibyte = 1024 * 1024;
    const data = { a: text(mebibyte - 1 - Math.floor(chance() * 100)) };
    await send({ method: "POST", path, body: { metadata: { name: "large" }, data } });
    await send({ method: "GET", path: `${path}?limit=0&labelSelector=a` });
    await send({ method: "POST", path, body: text(most + 1 + Math.floor(chance() * 1000)) });
    await send({ method: "PUT", path: `${path}/large`, body: text(most + 1) });
    const merge = { method: "PATCH", path: `${path}/large`, contentType: "application/merge-patch+json" } as const;
    await send({ ...merge, body: text(most + 1) });
    await send({ ...merge, body: { data: { a: "small" } } });
    await send({ ...merge, body: { data: { b: text(mebibyte - pick(chance, [5, 6, 100])) } } });
    await send({ method: "DELETE", path: `${path}/large`, body: text(most + 1) });
    await send({ method: "DELETE", path: `${path}/large` });
  },
};
