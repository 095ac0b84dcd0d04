import { type Document, isMap, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap } from "yaml";

// A kubeconfig has a handful of them; aliases of aliases can be more than fits into any memory.
const mostCopies = 10_000;

/**
 * Writes every alias (`*a`) and merge (`<<: *a`) out, as kubectl does when it writes: through them a change of one entry would reach
 * another, or be lost. Throws a RangeError when there are too many, and a ReferenceError for an alias of nothing or of itself.
 */
export function writeOutAliases(document: Document): void {
  let copies = 0;
  const count = (): void => {
    copies += 1;
    if (copies > mostCopies) throw new RangeError("too many aliases");
  };
  visit(document, {
    Alias(_, alias, path) {
      const target = alias.resolve(document);
      if (target === undefined || path.includes(target)) throw new ReferenceError("an alias of nothing, or of itself");
      visit(target, { Node: count });
      return target.clone() as Node;
    },
  });
  visit(document, {
    Value(_, node) {
      delete node.anchor;
      if (isMap(node)) writeOutMerges(node);
    },
  });
}

function writeOutMerges(map: YAMLMap): void {
  for (let at = 0; at < map.items.length;) {
    const { key, value } = map.items[at] as Pair;
    if (!isMergeKey(isScalar(key) ? key.value : key)) {
      at += 1;
      continue;
    }
    const sources = (isSeq(value) ? value.items : [value]).filter((source) => isMap(source));
    map.items.splice(at, 1);
    // What stands in the map itself goes first, then what the first source says.
    for (const item of sources.flatMap((source) => source.items)) if (!map.has(item.key)) map.items.push(item);
  }
}

/** The library makes the key a symbol where it reads merges. */
function isMergeKey(key: unknown): boolean {
  return key === "<<" || (typeof key === "symbol" && key.description === "<<");
}
