import { isTest, roomOf, type Repo, type Rule } from "./repo.ts";
import { syntaxOf, type Import } from "./syntax.ts";

interface Room {
  /** Workspace packages it may import. */
  readonly packages: readonly string[];
  /** Whether it may import node:* outside of its tests. */
  readonly node: boolean;
}

const core = "@kubewright/core";
const node = "@kubewright/node";
const runtime = "@kubewright/runtime";
const protobuf = "@kubewright/protobuf";
const everything = [
  core,
  node,
  protobuf,
  runtime,
  "@kubewright/testing",
  "@kubewright/api",
  "@kubewright/codegen",
  "@kubewright/proxy",
  "@kubewright/browser",
  "@kubewright/copy",
  "kubewright",
];

/** Which way the arrows go. A room that is not here may import nothing of the workspace. */
const rooms: Readonly<Record<string, Room>> = {
  "packages/core": { packages: [], node: false },
  "packages/api": { packages: [core], node: false },
  "packages/protobuf": { packages: [core], node: false },
  // Its heart, all but src/node, needs no Node: tsconfig.neutral.json. Its tests use the clients.
  "packages/testing": { packages: [core, node, protobuf, "@kubewright/api"], node: true },
  "packages/node": { packages: [core, protobuf], node: true },
  "packages/runtime": { packages: [core], node: false },
  // Their tests use the clients.
  "packages/proxy": { packages: [core, node, runtime, "@kubewright/api", "@kubewright/testing"], node: true },
  "packages/copy": { packages: [core], node: true },
  "packages/browser": { packages: [core, runtime, "@kubewright/api"], node: false },
  "packages/kubewright": { packages: [core, "@kubewright/api", node, runtime], node: false },
  codegen: { packages: [core, node], node: true },
  openapi: { packages: [], node: true },
  tools: { packages: [], node: true },
  test: { packages: everything, node: true },
  examples: { packages: everything, node: true },
  "examples/dashboard": { packages: everything, node: true },
};

interface Confinement {
  readonly rooms: readonly string[];
  /** In how many files at most. */
  readonly files?: number;
  /** Only in modules that load when they are first used, so that importing the package stays cheap. */
  readonly lazy?: boolean;
}

/** Dependencies that live in one place. */
const confined: Readonly<Record<string, Confinement>> = {
  ky: { rooms: ["packages/core"], files: 1 },
  protobufjs: { rooms: ["packages/protobuf"], files: 1 },
  "eventsource-parser": { rooms: ["packages/browser"], files: 1 },
  "js-yaml": { rooms: ["packages/core"], lazy: true },
  tar: { rooms: ["packages/copy"], files: 1 },
  ws: { rooms: ["packages/node"], files: 1, lazy: true },
  yaml: { rooms: ["packages/node"], lazy: true },
  "@kubewright/protobuf": { rooms: ["packages/node", "packages/testing"], lazy: true },
};

/** Entries that load ws: whoever uses one imports it when it is first needed, as node its own modules. */
const late = { specifiers: ["@kubewright/node/websocket"], sources: ["packages/node/src/websocket.ts"] };

/** Who may open a connection. */
const sockets = {
  modules: ["node:net", "node:tls", "node:dns", "node:dns/promises", "node:https", "node:dgram"],
  folder: "packages/node/src/dial/",
} as const;

/** Listens, and opens nothing. */
const listens = { module: "node:net", folder: "packages/node/src/forward/" } as const;

export const importArrows: Rule = {
  name: "import arrows",
  check(repo) {
    const problems: string[] = [];
    for (const path of importers(repo)) {
      for (const found of syntaxOf(path, repo.text(path)).imports) {
        const why = breach(path, found);
        if (why !== undefined) problems.push(`${path}:${found.line}: ${why}`);
      }
    }
    return [...problems, ...tooManyImporters(repo), ...loadedTooSoon(repo)];
  },
};

function importers(repo: Repo): readonly string[] {
  return repo.paths.filter((path) => /\.tsx?$/.test(path) && roomOf(path) !== "" && !path.includes("/golden/"));
}

function breach(path: string, { specifier }: Import): string | undefined {
  const name = roomOf(path);
  const room = rooms[name];
  if (specifier.startsWith("node:")) {
    if (isTest(path)) return undefined;
    if (room?.node !== true) return `${name} may not import ${specifier}`;
    const opens = name === "packages/node" && sockets.modules.some((module) => module === specifier);
    if (specifier === listens.module && path.startsWith(listens.folder)) return undefined;
    return opens && !path.startsWith(sockets.folder) ? `${specifier} belongs to ${sockets.folder}` : undefined;
  }
  if (specifier.startsWith(".")) return leavesRoom(path, specifier) ? `${specifier} leaves ${name}` : undefined;
  const target = packageOf(specifier);
  if (target === "kubewright" || target.startsWith("@kubewright/")) {
    return room?.packages.includes(target) === true ? undefined : `${name} may not import ${target}`;
  }
  const home = confined[target];
  if (home === undefined || !name.startsWith("packages/") || isTest(path)) return undefined;
  return home.rooms.includes(name) ? undefined : `${target} belongs to ${home.rooms.join(" and ")}`;
}

/** Static imports of a room's entries that lead to what must load when it is first used. */
function loadedTooSoon(repo: Repo): readonly string[] {
  const problems: string[] = [];
  const rooms = new Set(Object.values(confined).flatMap((home) => (home.lazy === true ? home.rooms : [])));
  rooms.add("packages/proxy");
  for (const room of rooms) {
    const seen = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path) || !repo.paths.includes(path)) return;
      seen.add(path);
      for (const { specifier, typeOnly, dynamic, line } of syntaxOf(path, repo.text(path)).imports) {
        if (typeOnly || dynamic) continue;
        if (specifier.startsWith(".")) visit(new URL(specifier, `file:///${path}`).pathname.slice(1));
        else if (confined[packageOf(specifier)]?.lazy === true || late.specifiers.includes(specifier))
          problems.push(`${path}:${line}: ${specifier} is loaded with the package; import() the module that needs it`);
      }
    };
    for (const entry of entriesOf(repo, room)) if (!late.sources.includes(entry)) visit(entry);
  }
  return problems;
}

/** The sources that a room's package.json exports. */
function entriesOf(repo: Repo, room: string): readonly string[] {
  const manifest = `${room}/package.json`;
  if (!repo.paths.includes(manifest)) return [`${room}/src/index.ts`];
  const sources = repo.text(manifest).matchAll(/"kubewright-source": "\.\/([^"]+)"/g);
  return Array.from(sources, ([, source]) => `${room}/${source}`);
}

/** Published rooms hold together by packages; their tests may use what test/ offers, and tests and tools look anywhere. */
function leavesRoom(path: string, specifier: string): boolean {
  const name = roomOf(path);
  if (!name.startsWith("packages/") && name !== "codegen") return false;
  const target = new URL(specifier, `file:///${path}`).pathname;
  return !target.startsWith(`/${name}/`) && !(isTest(path) && target.startsWith("/test/"));
}

function tooManyImporters(repo: Repo): readonly string[] {
  const problems: string[] = [];
  for (const [name, { rooms: homes, files }] of Object.entries(confined)) {
    const users = importers(repo).filter(
      (path) =>
        homes.includes(roomOf(path)) &&
        !isTest(path) &&
        syntaxOf(path, repo.text(path)).imports.some(({ specifier }) => packageOf(specifier) === name),
    );
    if (files !== undefined && users.length > files) {
      problems.push(`${users.join(", ")}: only ${files} file may import ${name}`);
    }
  }
  return problems;
}

/** "@kubewright/api" for "@kubewright/api/apps/v1". */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
