import { pick, some } from "./chance.ts";
import type { Sequence } from "./exchange.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Objects of one kind, as a cell plays with them. All changes are merge patches. */
export interface PlayedKind {
  /** The collection: `/apis/apps/v1/NAMESPACE/deployments`. */
  readonly path: string;
  /** One that is fine, without its name. Whatever stands in no namespace gets a name by chance. */
  readonly object: Fields;
  readonly right: readonly Fields[];
  readonly wrong: readonly Fields[];
}

/** A value with a merge patch in it, which may have null where something is to be null. */
function changed(base: unknown, change: unknown): unknown {
  if (typeof base !== "object" || base === null || Array.isArray(base)) return change;
  if (typeof change !== "object" || change === null || Array.isArray(change)) return change;
  const made: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(change)) made[name] = changed(made[name], value);
  return made;
}

const merge = "application/merge-patch+json";

function collectionOf({ path }: PlayedKind, namespace: string): string {
  return path.replace("NAMESPACE", `namespaces/${namespace}`);
}

/** What nobody else on the server calls its object, in its namespace or, where there is none, at all. */
function nameBy(chance: () => number, { path }: PlayedKind, namespace: string): string {
  const name = `n-${Math.floor(chance() * 1e9).toString(36)}`;
  return path.includes("NAMESPACE") ? name : `${namespace}-${name}`;
}

/** New objects: some that are fine and some that are refused. */
export function creations(kind: PlayedKind, { right = 3, wrong = 3 } = {}): Sequence {
  return async ({ send }, chance, namespace) => {
    const path = collectionOf(kind, namespace);
    const made: string[] = [];
    const make = async (change: Fields): Promise<void> => {
      const name = nameBy(chance, kind, namespace);
      const metadata = { ...(kind.object["metadata"] as Fields | undefined), name };
      const body = changed({ ...kind.object, metadata }, change) as { metadata: { name?: string } };
      const { status } = await send({ method: "POST", path, body });
      if (status === 201) made.push(body.metadata.name ?? name);
    };
    await make({});
    for (const change of some(chance, kind.right, right)) await make(change);
    for (const change of some(chance, kind.wrong, wrong)) await make(change);
    await send({ method: "GET", path: `${path}/${pick(chance, made)}` });
    for (const name of made) await send({ method: "DELETE", path: `${path}/${name}` });
  };
}

/** One object, changed, in some ways that are fine and some that are refused. `subresource`: such as `/status`. */
export function changes(kind: PlayedKind, { right = 4, wrong = 3, subresource = "" } = {}): Sequence {
  return async ({ send }, chance, namespace) => {
    const path = collectionOf(kind, namespace);
    const name = nameBy(chance, kind, namespace);
    const metadata = { ...(kind.object["metadata"] as Fields | undefined), name };
    await send({ method: "POST", path, body: { ...kind.object, metadata } });
    const all = [
      ...some(chance, kind.right, right).map((change) => ({ change, whole: chance() < 0.3 })),
      ...some(chance, kind.wrong, wrong).map((change) => ({ change, whole: chance() < 0.3 })),
    ];
    for (const { change, whole } of some(chance, all, all.length)) {
      const at = `${path}/${name}${subresource}`;
      if (whole) {
        const { body } = await send({ method: "GET", path: `${path}/${name}` });
        await send({ method: "PUT", path: at, body: changed(body, change) });
      } else await send({ method: "PATCH", path: at, contentType: merge, body: change });
    }
    await send({ method: "DELETE", path: `${path}/${name}` });
    await send({ method: "GET", path: `${path}/${name}` });
  };
}
