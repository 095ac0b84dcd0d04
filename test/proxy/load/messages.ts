import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** To the process of the proxy. */
export type ToProxy = "memory";

/** From it: once it listens, and to each question. */
export type FromProxy =
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "memory"; readonly megabytes: number };

/** To the process of the pages. */
export type ToPages =
  | {
      readonly do: "open";
      readonly port: number;
      readonly pages: number;
      readonly slow: number;
      readonly paths: readonly string[];
    }
  /** Those who are slow read as fast as they can from now on. */
  | { readonly do: "hurry" }
  /** What they have come to; `truth`: what there is, by path. */
  | { readonly do: "report"; readonly truth: Truth };

/** The versions of all objects, by path and name. */
export type Truth = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the pages have come to since they were last asked. */
export interface PagesReport {
  /** How many watches were told all there was at first. */
  readonly synced: number;
  /** How many events came. */
  readonly events: number;
  /** Milliseconds from a change until it was told, of all pages but the slow: the most, and what 99 of 100 stay below. */
  readonly lagMs: { readonly most: number; readonly p99: number };
  /** What was told wrongly, such as a version that goes back. */
  readonly wrong: readonly string[];
  /** When streams were opened, by the wall clock. */
  readonly opened: readonly number[];
  /** How many watches were told that their version is too old. */
  readonly expired: number;
  /** How many watches know exactly what there is. */
  readonly right: number;
}

/** Asks the process of the proxy. */
export async function askProxy(child: ChildProcess, question: ToProxy): Promise<FromProxy> {
  child.send(question);
  return ((await once(child, "message")) as [FromProxy])[0];
}

/** Asks the process of the pages. */
export async function askPages(child: ChildProcess, question: ToPages): Promise<PagesReport> {
  child.send(question);
  return ((await once(child, "message")) as [PagesReport])[0];
}
