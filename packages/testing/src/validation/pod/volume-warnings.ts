import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../fields.ts";

interface PathOf {
  readonly path: string;
  /** What brings it; "" where that is clear. */
  readonly source: string;
}

/** Files of a volume that take each other's place (warningsForOverlappingVirtualPaths). */
export function* overlapWarnings(spec: Fields): Iterable<string> {
  for (const volume of objectsIn(spec, "volumes")) {
    for (const { kind, describe } of simple) {
      const source = presentIn(volume, kind);
      if (source === undefined) continue;
      for (const overlap of overlaps(objectsIn(source, "items").map(pathOf(""))))
        yield warning(volume, describe(source), overlap);
    }
    const projected = presentIn(volume, "projected");
    if (projected === undefined) continue;
    const sources = objectsIn(projected, "sources");
    for (const source of sources) {
      if (Object.keys(source).length === 0)
        yield `volume ${JSON.stringify(textIn(volume, "name"))} (Projected) has no sources provided`;
    }
    for (const overlap of overlaps(sources.flatMap(projectedPaths))) yield warning(volume, "Projected", overlap);
  }
}

const simple = [
  { kind: "configMap", describe: (source: Fields) => `ConfigMap ${JSON.stringify(textIn(source, "name"))}` },
  { kind: "secret", describe: (source: Fields) => `Secret ${JSON.stringify(textIn(source, "secretName"))}` },
  { kind: "downwardAPI", describe: () => "DownwardAPI" },
];

function warning(volume: Fields, what: string, overlap: string): string {
  return `volume ${JSON.stringify(textIn(volume, "name"))} (${what}): overlapping paths: ${overlap}`;
}

function pathOf(source: string): (item: Fields) => PathOf {
  return (item) => ({ path: textIn(item, "path"), source });
}

/** The files of one source; of several that are given, the first counts. */
function projectedPaths(source: Fields): readonly PathOf[] {
  for (const [kind, name] of [
    ["configMap", "ConfigMap"],
    ["secret", "Secret"],
  ] as const) {
    const keys = objectIn(source, kind);
    if (keys["items"] !== undefined)
      return objectsIn(keys, "items").map(pathOf(`${name} ${JSON.stringify(textIn(keys, "name"))}`));
  }
  const fields = objectIn(source, "downwardAPI");
  if (fields["items"] !== undefined) return objectsIn(fields, "items").map(pathOf("DownwardAPI"));
  const token = presentIn(source, "serviceAccountToken");
  return token === undefined ? [] : [{ path: textIn(token, "path"), source: "ServiceAccountToken" }];
}

function* overlaps(paths: readonly PathOf[]): Iterable<string> {
  const seen: PathOf[] = [];
  for (const given of paths) {
    const one = { ...given, path: given.path.replace(/\/+$/, "") };
    for (const other of seen) if (isOverlap(one.path, other.path)) yield `${shown(one)} with ${shown(other)}`;
    seen.push(one);
  }
}

function isOverlap(a: string, b: string): boolean {
  return a !== "" && b !== "" && (`${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`));
}

function shown({ path, source }: PathOf): string {
  return source === "" ? JSON.stringify(path) : `${JSON.stringify(path)} (${source})`;
}
