import { setTimeout as sleep } from "node:timers/promises";
import { readJson, type ApiAccess } from "./api-reader.ts";
import { stableJson, type Json } from "./stable-json.ts";

/** File name under openapi/ → its text. */
export type Files = Map<string, string>;

interface GroupList {
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions: readonly { readonly version: string }[];
  }[];
}

const DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const SETTLE_MS = 30_000;

/** Everything the snapshot takes from the running server. */
export async function capture(api: ApiAccess): Promise<Files> {
  const files: Files = new Map();
  const version = (await readJson(api, "/version")) as Record<string, Json>;
  // Build date, platform and compiler say where the server was built, not what it serves.
  const { gitVersion = null, major = null, minor = null } = version;
  files.set("version.json", stableJson({ gitVersion, major, minor }));

  const legacy = await readJson(api, "/api", DISCOVERY);
  const groups = await readJson(api, "/apis", DISCOVERY);
  files.set("discovery/api.json", stableJson(legacy));
  files.set("discovery/apis.json", stableJson(groups));

  const wanted = groupVersions(legacy as unknown as GroupList, groups as unknown as GroupList);
  const index = await settledIndex(api, wanted);
  for (const [path, url] of index) {
    files.set(`v3/${path}.json`, stableJson(await readJson(api, url)));
  }
  return files;
}

function groupVersions(legacy: GroupList, groups: GroupList): string[] {
  const named = (list: GroupList, prefix: (name: string) => string): string[] =>
    list.items.flatMap(({ metadata, versions }) =>
      versions.map(({ version }) => `${prefix(metadata?.name ?? "")}/${version}`),
    );
  return [...named(legacy, () => "api"), ...named(groups, (name) => `apis/${name}`)];
}

/** The list of OpenAPI documents, once it covers every group-version of discovery: the server fills it after it is ready. */
async function settledIndex(api: ApiAccess, wanted: readonly string[]): Promise<[path: string, url: string][]> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const index = (await readJson(api, "/openapi/v3")) as { paths: Record<string, { serverRelativeURL: string }> };
    const missing = wanted.filter((path) => index.paths[path] === undefined);
    if (missing.length === 0) {
      return Object.entries(index.paths).map(([path, { serverRelativeURL }]) => [path, serverRelativeURL]);
    }
    if (Date.now() > deadline) throw new Error(`/openapi/v3 has no document for ${missing.join(", ")}`);
    await sleep(200);
  }
}
