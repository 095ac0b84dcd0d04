import { noVersion, forbiddenMatch, type Refusal, refusal, tooLarge, tooOldForList, tooOldForPage } from "./status.ts";
import type { Query } from "./query.ts";
import type { Held } from "./world.ts";

/** What a list comes to: what the server must wait for, where it reads, and what it gives. */
export interface ListPlan {
  /** The version that the server must have seen. */
  readonly wait: number;
  readonly at: "newest" | "cache" | number;
  readonly after: string | undefined;
  /** 0 for none. */
  readonly limit: number;
}

/** A server as far as lists look at it. */
export interface Lister {
  readonly cached: boolean;
  readonly compacted: number;
  /** The newest revision of all, and the newest that this server has seen. */
  readonly newest: number;
  readonly seen: number;
  stateAt(revision: number): readonly Held[];
}

/** Decides what a list asks for. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions */
export function planList(
  { version, match, limit, continue: token }: Query,
  { cached, newest }: Lister,
): ListPlan | Refusal {
  if (version === undefined && match !== undefined) {
    return forbiddenMatch("resourceVersionMatch is forbidden unless resourceVersion is provided");
  }
  if (version === "0" && match === "Exact") {
    return forbiddenMatch('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  if (version !== undefined && !/^\d+$/.test(version)) {
    return refusal(400, `invalid resource version: ${noVersion(version)}`, { reason: "BadRequest" });
  }
  if (token !== undefined) {
    const { rv, start } = readToken(token);
    // A token from before etcd was restored may be one of the future.
    return { wait: Math.max(rv, 0), at: rv < 0 ? "newest" : rv, after: start, limit };
  }
  const asked = Number(version ?? 0);
  if (version === undefined) return { wait: newest, at: "newest", after: undefined, limit };
  // A watch cache has all objects at hand, and gives them all.
  if (asked === 0) return { wait: 0, at: "cache", after: undefined, limit: cached ? 0 : limit };
  const exact = match === "Exact" || (match === undefined && limit > 0);
  return { wait: asked, at: exact ? asked : "cache", after: undefined, limit };
}

export interface Listed {
  readonly items: readonly Held[];
  readonly version: number;
  readonly continue: string | undefined;
  readonly remaining: number | undefined;
}

/** Reads what was planned, once the server has seen what it must. */
export function readList(plan: ListPlan, query: Query, server: Lister): Listed | Refusal {
  const { cached, newest, seen, compacted } = server;
  const current = cached ? seen : newest;
  const version = plan.at === "newest" ? newest : plan.at === "cache" ? current : plan.at;
  if (plan.wait > current && plan.at !== "newest") return tooLarge(plan.wait, current, cached);
  if (version < compacted)
    return plan.after === undefined ? tooOldForList : tooOldForPage(tokenOf(-1, plan.after, false));
  const all = server.stateAt(version).filter(({ name }) => plan.after === undefined || name >= plan.after);
  const matching = all.filter((held) => query.matches(held));
  const items = plan.limit > 0 ? matching.slice(0, plan.limit) : matching;
  const last = items.at(-1);
  const rest = last === undefined ? 0 : all.length - all.indexOf(last) - 1;
  if (plan.limit === 0 || items.length < plan.limit || rest === 0 || last === undefined) {
    return { items, version, continue: undefined, remaining: undefined };
  }
  const remaining = query.selects ? undefined : rest;
  return { items, version, continue: tokenOf(version, `${last.name}\u0000`, cached), remaining };
}

function tokenOf(rv: number, start: string, cached: boolean): string {
  const json = JSON.stringify({ v: "meta.k8s.io/v1", rv, start: `${cached ? "/" : ""}${start}` });
  return Buffer.from(json).toString("base64url");
}

function readToken(token: string): { readonly rv: number; readonly start: string } {
  const { rv, start } = JSON.parse(Buffer.from(token, "base64url").toString()) as { rv: number; start: string };
  return { rv, start: start.replace(/^\//, "") };
}
