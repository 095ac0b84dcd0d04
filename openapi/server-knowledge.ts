import { execFile } from "node:child_process";
import { isDeepStrictEqual, promisify } from "node:util";
import type { Json } from "./stable-json.ts";

interface Served {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

interface ServerKnowledge {
  readonly resources: readonly Served[];
  readonly [part: string]: unknown;
}

/**
 * What the server's code knows and OpenAPI does not say, of a server with all APIs; its resources tell whether a default server has
 * them. Throws when the two know different things of the same.
 */
export async function serverKnowledge(binary: string): Promise<Json> {
  const all = await printed(binary, "--all-apis");
  const ofDefault = await printed(binary);
  const byDefault = new Map(ofDefault.resources.map((one) => [keyOf(one), one]));
  const resources = all.resources.map((one) => {
    const same = byDefault.get(keyOf(one));
    byDefault.delete(keyOf(one));
    if (same !== undefined && !isDeepStrictEqual(same, one))
      throw new Error(`A default server and one with all APIs know different things of ${keyOf(one)}`);
    return { ...one, byDefault: same !== undefined };
  });
  if (byDefault.size > 0) throw new Error(`Only a default server has ${[...byDefault.keys()].join(", ")}`);
  return { ...all, resources } as unknown as Json;
}

async function printed(binary: string, ...flags: string[]): Promise<ServerKnowledge> {
  const { stdout } = await promisify(execFile)(binary, ["server-knowledge", ...flags], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as ServerKnowledge;
}

function keyOf({ group, version, resource }: Served): string {
  return `${group}/${version} ${resource}`;
}
