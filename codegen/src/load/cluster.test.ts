import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { generate } from "../generate.ts";
import { readCluster, type JsonReader } from "./cluster.ts";
import { readFolder } from "./folder.ts";

const snapshot = join(import.meta.dirname, "../../../openapi");

function json(file: string): unknown {
  return JSON.parse(readFileSync(join(snapshot, file), "utf8"));
}

const { documents } = readFolder(snapshot);

/** Answers as the server that the snapshot was taken from. */
function server(asked: string[] = []): JsonReader {
  const paths = Object.fromEntries(
    [...documents.keys()].map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=0123` }]),
  );
  return async (path, accept) => {
    asked.push(`${path} ${accept}`);
    if (path === "/api") return json("discovery/api.json");
    if (path === "/apis") return json("discovery/apis.json");
    return path === "/openapi/v3" ? { paths } : (documents.get(path.slice("/openapi/v3/".length)) ?? json(path));
  };
}

test("a cluster gives what its snapshot gives, and only the chosen documents are read", async () => {
  const asked: string[] = [];
  const chosen = new Set(["apps", "policy"]);
  const source = await readCluster(server(asked), (all) => all.filter(({ group }) => chosen.has(group)));
  const folder = readFolder(snapshot);
  const same = {
    ...folder,
    groupVersions: folder.groupVersions.filter(({ group }) => chosen.has(group)),
  };
  expect(await generate(source)).toEqual(await generate(same));
  const aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  expect(asked).toEqual([
    `/api ${aggregated}`,
    `/apis ${aggregated}`,
    "/openapi/v3 application/json",
    // Built-in groups need each other's documents, others only their own.
    ...[...folder.documents.keys()]
      .filter((path) => /^apis?(\/.+)?\/v\d/.test(path))
      .map((path) => `/openapi/v3/${path} application/json`),
  ]);
});

test("of a custom group, only its own document is read", async () => {
  const asked: string[] = [];
  const custom = { metadata: { name: "example.com" }, versions: [{ version: "v1", resources: [] }] };
  const read: JsonReader = async (path, accept) => {
    if (path === "/apis") return { kind: "APIGroupDiscoveryList", items: [custom] };
    if (path === "/openapi/v3")
      return { paths: { "apis/example.com/v1": { serverRelativeURL: "/openapi/v3/x?hash=1" } } };
    asked.push(path);
    return path === "/api" ? server()(path, accept) : {};
  };
  await readCluster(read, (all) => all.filter(({ group }) => group === "example.com"));
  // And the definitions, which alone say what is deprecated.
  expect(asked).toEqual(["/api", "/openapi/v3/x", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"]);
});

test("an old server without aggregated discovery is refused, with the version that has it", async () => {
  const read: JsonReader = async () => ({ kind: "APIGroupList", groups: [] });
  await expect(readCluster(read, (all) => all)).rejects.toThrow(
    "/api answers no aggregated discovery (APIGroupList); Kubernetes 1.30 or newer has it",
  );
});

afterEach(() => vi.useRealTimers());

const noDocument = "the server lists it in discovery, but /openapi/v3 has no document for it: is its API server down?";

test("a group whose API server is down costs itself and no other", async () => {
  vi.useFakeTimers();
  const read: JsonReader = async (path, accept) => {
    const found = await server()(path, accept);
    if (path !== "/openapi/v3") return found;
    const { "apis/apps/v1": _, ...paths } = (found as { paths: Record<string, unknown> }).paths;
    return { paths };
  };
  let done = false;
  const reading = readCluster(read, (all) => all.filter(({ group }) => group === "apps" || group === "policy"));
  void reading.finally(() => (done = true));
  while (!done) await vi.advanceTimersByTimeAsync(1000);
  const { groupVersions, problems } = await reading;
  expect(problems).toEqual([`apis/apps/v1: ${noDocument}`]);
  expect(groupVersions.map(({ group }) => group)).toEqual(["policy"]);
});

test("a group whose document cannot be read costs itself and no other", async () => {
  const read: JsonReader = async (path, accept) => {
    if (path === "/openapi/v3/apis/policy/v1") throw new Error("Forbidden");
    return server()(path, accept);
  };
  const source = await readCluster(read, (all) => all.filter(({ group }) => group === "apps" || group === "policy"));
  expect(source.problems).toEqual(["apis/policy/v1: Forbidden"]);
  const { files, problems } = await generate(source);
  expect([...files.keys()]).toEqual(["apps/v1.ts"]);
  expect(problems).toEqual(source.problems);
});

test("a group that shows no resources is not waited for", async () => {
  const custom = { metadata: { name: "example.com" }, versions: [{ version: "v1", freshness: "Stale" }] };
  const read: JsonReader = async (path, accept) => {
    if (path === "/apis") return { kind: "APIGroupDiscoveryList", items: [custom] };
    return path === "/openapi/v3" ? { paths: {} } : server()(path, accept);
  };
  vi.useFakeTimers();
  const { groupVersions, problems } = await readCluster(read, (all) =>
    all.filter(({ group }) => group === "example.com"),
  );
  expect(groupVersions).toEqual([]);
  expect(problems).toEqual([`apis/example.com/v1: ${noDocument}`]);
});

test("the document of a resource that is served already is waited for", async () => {
  vi.useFakeTimers();
  const custom = { metadata: { name: "example.com" }, versions: [{ version: "v1", resources: [{ resource: "w" }] }] };
  let questions = 0;
  const read: JsonReader = async (path, accept) => {
    if (path === "/api") return server()(path, accept);
    if (path === "/apis") return { kind: "APIGroupDiscoveryList", items: [custom] };
    questions += 1;
    // First no document, then one that was made before the resource.
    if (path === "/openapi/v3")
      return { paths: questions > 3 ? { "apis/example.com/v1": { serverRelativeURL: "/openapi/v3/x" } } : {} };
    return { paths: questions > 6 ? { "/apis/example.com/v1/w": {} } : { "/apis/example.com/v1/": {} } };
  };
  const reading = readCluster(read, (all) => all.filter(({ group }) => group === "example.com"));
  await vi.advanceTimersByTimeAsync(11_000);
  expect([...(await reading).documents.values()]).toEqual([{ paths: { "/apis/example.com/v1/w": {} } }]);
});
