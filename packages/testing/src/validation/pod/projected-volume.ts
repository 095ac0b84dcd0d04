import { type Causes, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from "../causes.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../fields.ts";
import { wrongUnreservedPath } from "../paths.ts";
import { wrongDownwardFile, wrongKeyToPath } from "./volume-files.ts";

/** What a projected volume brings together; its path is said in causes that are about all of it (validateProjectionSources). */
export function* wrongProjections(volume: Fields, at: string): Causes {
  const paths = new Set<string>();
  for (const [index, source] of objectsIn(volume, "sources").entries()) {
    const place = `${at}.sources[${index}]`;
    const given = kinds.filter((kind) => presentIn(source, kind) !== undefined);
    for (const kind of given) yield* rules[kind](objectIn(source, kind), `${place}.${kind}`, { at, paths });
    if (given.length > 1) yield forbiddenCause(place, "may not specify more than 1 volume type per source");
  }
}

const kinds = ["secret", "configMap", "downwardAPI", "serviceAccountToken", "podCertificate"] as const;

interface Volume {
  readonly at: string;
  /** The files that there are already. */
  readonly paths: Set<string>;
}

const rules: Readonly<Record<(typeof kinds)[number], (source: Fields, at: string, volume: Volume) => Causes>> = {
  secret: wrongKeys,
  configMap: wrongKeys,
  *downwardAPI(source, at, volume) {
    for (const file of objectsIn(source, "items")) {
      yield* wrongDownwardFile(file, at);
      yield* repeatedPath(textIn(file, "path"), textIn(file, "path"), volume);
    }
  },
  *serviceAccountToken(source, at, volume) {
    const seconds = numberIn(source, "expirationSeconds") ?? 0;
    if (seconds < 600)
      yield invalidCause(`${at}.expirationSeconds`, seconds, "may not specify a duration less than 10 minutes");
    if (seconds > 2 ** 32)
      yield invalidCause(`${at}.expirationSeconds`, seconds, "may not specify a duration larger than 2^32 seconds");
    const path = textIn(source, "path");
    if (path === "") yield requiredCause(`${volume.at}.path`);
    else yield* wrongUnreservedPath(path, `${volume.at}.path`);
  },
  *podCertificate(source, at, volume) {
    const key = textIn(source, "keyType");
    if (!keyTypes.includes(key)) yield notSupportedCause(`${at}.keyType`, key, keyTypes);
    const fields = ["credentialBundlePath", "keyPath", "certificateChainPath"];
    const given = fields.filter((field) => textIn(source, field) !== "");
    for (const field of given) {
      const path = textIn(source, field);
      yield* wrongUnreservedPath(path, `${at}.${field}`);
      yield* repeatedPath(path, path, volume);
    }
    if (given.length === 0)
      yield requiredCause(at, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
  },
};

const keyTypes = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];

function* wrongKeys(source: Fields, at: string, volume: Volume): Causes {
  const name = textIn(source, "name");
  if (name === "") yield requiredCause(`${at}.name`);
  for (const [index, item] of objectsIn(source, "items").entries()) {
    yield* wrongKeyToPath(item, `${at}.items[${index}]`);
    yield* repeatedPath(textIn(item, "path"), name, volume);
  }
}

function* repeatedPath(path: string, shown: string, { at, paths }: Volume): Causes {
  if (path === "") return;
  if (paths.has(path)) yield invalidCause(at, shown, "conflicting duplicate paths");
  paths.add(path);
}
