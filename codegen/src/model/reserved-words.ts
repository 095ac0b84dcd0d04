const reserved: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static super switch " +
    "this throw true try typeof undefined var void while with yield"
  ).split(" "),
);

// Names that TypeScript gives to types of its own.
const ownTypes: ReadonlySet<string> = new Set(
  "any bigint boolean never number object string symbol unknown".split(" "),
);

/** True for a word that cannot name a constant. */
export function isReservedWord(name: string): boolean {
  return reserved.has(name);
}

/** True for a word that cannot name a type. */
export function isReservedType(name: string): boolean {
  return reserved.has(name) || ownTypes.has(name);
}
