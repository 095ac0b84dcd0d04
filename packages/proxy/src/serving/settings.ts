import {
  type Clock,
  InputError,
  plainObject,
  type SourceConnection,
  sourceOf,
  unknownOption,
  whatItIs,
} from "@kubewright/core";
import { createIdentities, type Identities } from "../guard/identity.ts";
import { createLimits, type Limits } from "../guard/limits.ts";
import { readOnly } from "../guard/proxy-rule.ts";
import { createRefusalLog } from "../guard/refused.ts";
import { createRules, type Rules } from "../guard/rules.ts";
import type { Names } from "../guard/same-site.ts";
import { readPath } from "../request/read-path.ts";
import type { ProxyOptions } from "./proxy-options.ts";

/** What a proxy goes by: its options, checked, with what was left out. */
export interface Settings extends Pick<ProxyOptions, "cluster"> {
  readonly connection: SourceConnection;
  /** The cluster's. */
  readonly clock: Clock;
  /** The segments before the API server's path. */
  readonly prefix: readonly string[];
  readonly names: Names;
  readonly identities: Identities;
  readonly rules: Rules;
  readonly limits: Limits;
  readonly onRefused: NonNullable<ProxyOptions["onRefused"]>;
}

/** @throws InputError for a wrong option */
export function readOptions(options: ProxyOptions): Settings {
  for (const name of Object.keys(plainObject(options, "options")))
    if (!Object.hasOwn(known, name)) throw unknownOption(name, Object.keys(known));
  const { cluster, prefix = "/k8s", hosts, origins, allow = readOnly, identify, limits = {}, onRefused } = options;
  if (typeof (cluster as Partial<typeof cluster> | undefined)?.request !== "function")
    throw new InputError("cluster", `it must be a cluster, such as connect() gives, not ${whatItIs(cluster)}`);
  if (typeof prefix !== "string" || !/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(prefix))
    throw new InputError("prefix", 'it must be a path such as "/k8s", without "/" at its end, or ""');
  checkFunction(identify, "identify");
  checkFunction(onRefused, "onRefused");
  // Any resource leads to the connection.
  const { connection } = sourceOf(
    cluster.resource({ group: "", version: "v1", plural: "namespaces", kind: "Namespace", namespaced: false }),
  );
  const { clock } = connection;
  return {
    cluster,
    connection,
    clock,
    identities: createIdentities(identify, clock),
    prefix: prefix === "" ? [] : readPath(prefix),
    names: { hosts: checkNames(hosts, "hosts", isHost), origins: checkNames(origins, "origins", isOrigin) },
    rules: createRules(allow),
    limits: createLimits(limits, clock),
    onRefused: onRefused ?? createRefusalLog(clock, (line) => console.error(line)),
  };
}

const known: { readonly [K in keyof Required<ProxyOptions>]: true } = {
  cluster: true,
  prefix: true,
  hosts: true,
  origins: true,
  allow: true,
  identify: true,
  limits: true,
  onRefused: true,
};

function checkFunction(value: unknown, field: string): void {
  if (value !== undefined && typeof value !== "function")
    throw new InputError(field, `it must be a function, not ${whatItIs(value)}`);
}

function checkNames(
  names: readonly string[] | undefined,
  field: string,
  is: (name: string) => boolean,
): readonly string[] | undefined {
  if (names === undefined) return undefined;
  if (!Array.isArray(names)) throw new InputError(field, `it must be a list, not ${whatItIs(names)}`);
  const wrong = (names as readonly unknown[]).find((name) => typeof name !== "string" || !is(name));
  if (wrong === undefined) return names;
  const example = field === "hosts" ? '"dashboard.example" or "localhost:8001"' : '"https://dashboard.example"';
  throw new InputError(
    field,
    `${typeof wrong === "string" ? JSON.stringify(wrong) : whatItIs(wrong)} must be exactly what a browser sends, such as ${example}`,
  );
}

function isHost(name: string): boolean {
  return /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?$/.test(name);
}

function isOrigin(name: string): boolean {
  return /^https?:\/\//.test(name) && URL.canParse(name) && new URL(name).origin === name;
}
