import { podEvents, podList } from "../../tools/toolchains/recorded-protobuf.ts";

const protobuf = "application/vnd.kubernetes.protobuf";

/** Answers the requests of the pages in apps/ as an API server with one pod would; who asks for protobuf gets it of lists and watches. */
export async function answer(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/k8s/, "");
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "web-0", resourceVersion: "1" } };
  const list = { kind: "PodList", apiVersion: "v1", metadata: { resourceVersion: "9" }, items: [pod] };
  switch (path) {
    case "/version":
      return Response.json({ gitVersion: "v1.36.3" });
    case "/readyz":
      return new Response("ok");
    case "/api":
      return Response.json(discovery);
    case "/apis":
      return Response.json({ kind: "APIGroupDiscoveryList", items: [] });
    case "/api/v1/namespaces/kube-system/services":
      return Response.json({ ...list, items: [] });
    case "/api/v1/namespaces/default/pods":
      if (request.method === "POST") return Response.json(pod, { status: 201 });
      if (request.headers.get("accept")?.split(",").includes(protobuf) === true) {
        const body = url.searchParams.has("watch") ? podEvents : podList;
        return new Response(body.slice(), { headers: { "content-type": protobuf } });
      }
      if (url.searchParams.has("watch")) return Response.json({ type: "ADDED", object: pod });
      if (request.headers.get("accept")?.includes("as=Table") === true)
        return Response.json({ kind: "Table", rows: [{ cells: ["web-0"] }] });
      return Response.json(list);
    case "/api/v1/namespaces/default/pods/web-0/log":
      return new Response("one\ntwo\n");
    case "/api/v1/namespaces/default/pods/web-0":
      return Response.json(request.method === "DELETE" ? { apiVersion: "v1", kind: "Status", status: "Success" } : pod);
    default: {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const status = { kind: "Status", status: "Failure", reason: "NotFound", message: `pods "${name}" not found` };
      return Response.json({ apiVersion: "v1", ...status, code: 404 }, { status: 404 });
    }
  }
}

const discovery = {
  kind: "APIGroupDiscoveryList",
  items: [
    {
      versions: [
        {
          version: "v1",
          resources: [
            {
              resource: "pods",
              responseKind: { kind: "Pod" },
              scope: "Namespaced",
              shortNames: ["po"],
              verbs: ["get", "patch"],
            },
          ],
        },
      ],
    },
  ],
};
