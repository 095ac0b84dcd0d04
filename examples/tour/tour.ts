import type { Cluster } from "kubewright";

/** What every step works with. */
export interface Tour {
  readonly cluster: Cluster;
  /** A namespace of the tour's own. */
  readonly namespace: string;
  /** A temporary folder of the tour's own. */
  readonly folder: string;
  /** Remembers how to take back what a step made, for when the tour ends, however it ends. */
  undo(what: string, action: (cluster: Cluster) => Promise<unknown>): void;
}

/** What the tour changed, and how to take it back. */
export interface UndoList {
  readonly add: Tour["undo"];
  readonly empty: boolean;
  /** Takes everything back, the newest first, and tells what could not be. */
  run(cluster: Cluster): Promise<readonly string[]>;
}

export function createUndoList(): UndoList {
  const actions: { readonly what: string; readonly action: (cluster: Cluster) => Promise<unknown> }[] = [];
  return {
    get empty() {
      return actions.length === 0;
    },
    add: (what, action) => {
      actions.push({ what, action });
    },
    async run(cluster) {
      const failures: string[] = [];
      for (const { what, action } of actions.splice(0).toReversed()) {
        try {
          await action(cluster);
        } catch (error) {
          failures.push(`${what} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      return failures;
    },
  };
}
