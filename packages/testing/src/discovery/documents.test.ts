import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requestHeaders } from "../exchange/request-headers.ts";
import { createApiServer } from "../serving/create-api-server.ts";
import type { ApiServerHeart } from "../serving/heart.ts";

const openapi = join(import.meta.dirname, "../../../../openapi");
const aggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
}

async function get(server: ApiServerHeart, path: string, headers: Record<string, string> = {}): Promise<Got> {
  const answer = await server.serve({
    method: "GET",
    path: path.split("?")[0]!,
    query: path.split("?")[1] ?? "",
    headers: requestHeaders(headers),
    body: new Uint8Array(),
    signal: new AbortController().signal,
  });
  const text = new TextDecoder().decode(answer.body as Uint8Array);
  const isJson = answer.headers["content-type"]?.[0]?.startsWith("application/json") === true;
  return { ...answer, body: isJson ? (JSON.parse(text) as unknown) : text };
}

test("aggregated discovery is what a real server with all APIs says", async () => {
  const server = createApiServer({ apis: "all", controllers: false });
  for (const path of ["api", "apis"]) {
    const recorded: unknown = JSON.parse(readFileSync(join(openapi, "discovery", `${path}.json`), "utf8"));
    expect((await get(server, `/${path}`, { accept: aggregatedType })).body).toEqual(recorded);
  }
});

test("what is not on by default is neither in discovery nor served, unless all is asked for", async () => {
  const groups = async (apis: "default" | "all"): Promise<readonly string[]> => {
    const { body } = await get(createApiServer({ apis, controllers: false }), "/apis");
    return (body as { groups: { name: string }[] }).groups.map(({ name }) => name);
  };
  expect(await groups("all")).toContain("internal.apiserver.k8s.io");
  expect(await groups("default")).not.toContain("internal.apiserver.k8s.io");
  const server = createApiServer({ controllers: false });
  expect((await get(server, "/apis/internal.apiserver.k8s.io/v1alpha1/storageversions")).status).toBe(404);
});

test("who knows the tag of a document gets no body", async () => {
  const server = createApiServer({ controllers: false });
  const { headers } = await get(server, "/apis", { accept: aggregatedType });
  const etag = headers["etag"]![0]!;
  expect(etag).toMatch(/^"[0-9A-F]{128}"$/);
  const again = await get(server, "/apis", { accept: aggregatedType, "if-none-match": etag });
  expect(again).toMatchObject({ status: 304, headers: { etag: [etag] }, body: "" });
});

test("every OpenAPI document is what a real server with all APIs says, and may be kept by who asks with its hash", async () => {
  const server = createApiServer({ apis: "all", controllers: false });
  const index = JSON.parse((await get(server, "/openapi/v3")).body as string) as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  const files = readdirSync(join(openapi, "v3"), { recursive: true, encoding: "utf8" });
  const captured = files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
  expect(Object.keys(index.paths).toSorted()).toEqual(captured.toSorted());
  for (const path of captured) {
    const { body, headers } = await get(server, index.paths[path]!.serverRelativeURL);
    expect(body).toEqual(JSON.parse(readFileSync(join(openapi, "v3", `${path}.json`), "utf8")));
    expect(headers["cache-control"]).toEqual(["public, immutable"]);
  }
});
