import { parseSync } from "oxc-parser";

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Erased when the file is compiled. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

export interface Export {
  /** undefined for `export *` without a name. */
  readonly name: string | undefined;
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface Syntax {
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  /** Line of each TypeScript-only declaration that has a run-time meaning. */
  readonly enums: readonly number[];
  readonly namespaces: readonly number[];
  readonly anys: readonly number[];
  /** What runs when the module is loaded, or would when called: calls, spreads, computed keys, functions, classes. */
  readonly code: readonly { readonly line: number; readonly what: string }[];
  /** Where it asks the platform for time or chance, or names what gives it. */
  readonly clocks: readonly { readonly line: number; readonly what: string }[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const cache = new Map<string, Syntax>();

/** What a TypeScript file imports, exports and declares. A file that does not parse throws. */
export function syntaxOf(path: string, text: string): Syntax {
  const key = `${path}\0${text}`;
  let syntax = cache.get(key);
  if (syntax === undefined) cache.set(key, (syntax = read(path, text)));
  return syntax;
}

function read(path: string, text: string): Syntax {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const line = (offset: number): number => text.slice(0, offset).split("\n").length;
  const imports: Import[] = module.staticImports.map(({ moduleRequest, entries, start }) => ({
    specifier: moduleRequest.value,
    line: line(start),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    dynamic: false,
  }));
  const exports: Export[] = [];
  for (const { entries, start } of module.staticExports) {
    const from = entries.find(({ moduleRequest }) => moduleRequest !== null)?.moduleRequest;
    const typeOnly = entries.every(({ isType }) => isType);
    if (from) imports.push({ specifier: from.value, line: line(start), typeOnly, dynamic: false });
    for (const { exportName, isType } of entries) {
      const name = exportName.kind === "Default" ? "default" : (exportName.name ?? undefined);
      exports.push({ name, typeOnly: isType, line: line(start) });
    }
  }
  const enums: number[] = [];
  const namespaces: number[] = [];
  const anys: number[] = [];
  const code: { line: number; what: string }[] = [];
  const clocks: { line: number; what: string }[] = [];
  walk(program, (node) => {
    if (node.type === "TSEnumDeclaration") enums.push(line(node.start));
    // `declare global` and `declare module "vitest"` add to what is there; they declare nothing that runs.
    const named = (node["id"] as { readonly type?: string } | undefined)?.type !== "Literal";
    if (node.type === "TSModuleDeclaration" && node["kind"] !== "global" && named) namespaces.push(line(node.start));
    if (node.type === "TSAnyKeyword") anys.push(line(node.start));
    const what = codeOf(node);
    if (what !== undefined) code.push({ line: line(node.start), what });
    const clock = clockOf(node);
    if (clock !== undefined) clocks.push({ line: line(node.start), what: clock });
    if (node.type === "ImportExpression" || node.type === "TSImportType") {
      const value = (node["source"] as { readonly value?: unknown } | undefined)?.value;
      const typeOnly = node.type === "TSImportType";
      if (typeof value === "string")
        imports.push({ specifier: value, line: line(node.start), typeOnly, dynamic: !typeOnly });
    }
  });
  return { imports, exports, enums, namespaces, anys, code, clocks };
}

/** What a node of the syntax does at run time; undefined for plain data and for types. */
function codeOf(node: Node): string | undefined {
  const names: Readonly<Record<string, string>> = {
    ArrowFunctionExpression: "function",
    CallExpression: "call",
    ClassDeclaration: "class",
    ClassExpression: "class",
    FunctionDeclaration: "function",
    FunctionExpression: "function",
    ImportExpression: "import()",
    NewExpression: "new",
    SpreadElement: "spread",
    TaggedTemplateExpression: "tagged template",
  };
  return node.type === "Property" && node["computed"] === true ? "computed key" : names[node.type];
}

const timers = new Set(["setTimeout", "setInterval", "performance"]);
const members = new Set(["Date.now", "Math.random", "AbortSignal.timeout"]);

/** What a node asks for that changes from run to run: a timer, the time, chance. A Date of a given time does not. */
function clockOf(node: Node): string | undefined {
  const name = (of: unknown): string => String((of as { readonly name?: unknown } | undefined)?.name);
  switch (node.type) {
    case "Identifier":
      return timers.has(name(node)) ? name(node) : undefined;
    case "MemberExpression": {
      const member = `${name(node["object"])}.${name(node["property"])}`;
      return members.has(member) ? member : undefined;
    }
    case "CallExpression":
      return name(node["callee"]) === "Date" ? "Date()" : undefined;
    case "NewExpression":
      return name(node["callee"]) === "Date" && (node["arguments"] as readonly unknown[]).length === 0
        ? "new Date()"
        : undefined;
    default:
      return undefined;
  }
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (typeof value === "object" && value !== null) {
    if ("type" in value && typeof value.type === "string") visit(value as Node);
    for (const child of Object.values(value)) walk(child, visit);
  }
}
