import type { ConfigMap } from "@kubewright/api/core/v1";
import type { Stored } from "@kubewright/core";
import type { BrowserContext, Page } from "playwright-core";
import { eventually } from "../../support/eventually.ts";
import type { Board, Told } from "../pages/board/board.ts";

/** A tab that shows the board. */
export interface BoardTab {
  readonly page: Page;
  /** What the page says now. */
  ask<T>(question: (board: Board) => T): Promise<T>;
  /** Waits until the page says this. */
  says(question: (board: Board) => boolean, what: string): Promise<void>;
  /** Waits until its rows are these objects, in these versions. */
  shows(resource: string, objects: readonly Stored<ConfigMap>[]): Promise<void>;
}

/** Opens the board at `origin`, with parameters such as `watch=pods`. */
export async function openBoard(
  context: Pick<BrowserContext, "newPage">,
  origin: string,
  parameters: string,
): Promise<BoardTab> {
  const page = await context.newPage();
  await page.goto(`${origin}/?${parameters}`);
  return boardTab(page);
}

/** A page that shows the board already. */
export function boardTab(page: Page): BoardTab {
  const ask = <T>(question: (board: Board) => T): Promise<T> =>
    // The function goes to the page as text.
    page.evaluate(`(${question})(board)`) as Promise<T>;
  return {
    page,
    ask,
    async says(question, what) {
      try {
        await eventually(async () => (await ask(question)) || undefined, what, 60_000);
      } catch (error) {
        const { connection, health, warnings } = await ask((board) => ({
          connection: board.connection(),
          health: board.health(),
          warnings: board.warnings,
        }));
        throw new Error(`${String(error)}: ${JSON.stringify({ connection, health, warnings }, null, 1)}`, {
          cause: error,
        });
      }
    },
    async shows(resource, objects) {
      const wanted = Object.fromEntries(objects.map(({ metadata }) => [metadata.name, metadata.resourceVersion]));
      const sorted = (rows: Readonly<Record<string, string>>): string =>
        JSON.stringify(Object.entries(rows).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      let seen = "nothing";
      const same = async (): Promise<true | undefined> => {
        const rows = (await page.evaluate((name) => board.rows(name), resource)) as Readonly<Record<string, string>>;
        seen = sorted(rows);
        return seen === sorted(wanted) || undefined;
      };
      try {
        await eventually(same, `the rows are ${sorted(wanted)}`, 60_000);
      } catch (error) {
        const standing = await ask((board) => ({ connection: board.connection(), health: board.health() }));
        throw new Error(`${String(error)}; they are ${seen}; ${JSON.stringify(standing)}`, { cause: error });
      }
    },
  };
}

/** What is wrong with what a subscription told: something twice, something older, something out of turn. */
export function faultsOf(told: readonly Told[]): readonly string[] {
  const faults: string[] = [];
  const last = new Map<string, Told>();
  for (const event of told) {
    const before = last.get(event.name);
    const there = before !== undefined && before.type !== "deleted";
    if (there === (event.type === "added"))
      faults.push(`${event.name}: ${event.type} after ${before?.type ?? "nothing"}`);
    if (before !== undefined && BigInt(event.version) < BigInt(before.version))
      faults.push(`${event.name}: ${event.version} after ${before.version}`);
    if (before?.version === event.version && event.type !== "deleted")
      faults.push(`${event.name}: ${event.version} twice`);
    last.set(event.name, event);
  }
  return faults;
}
