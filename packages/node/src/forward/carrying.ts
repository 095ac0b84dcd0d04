import type { Socket } from "node:net";

/** The connections of a forward: some are carried, the others wait for their turn. */
export interface Carrying {
  /** Takes one, of which nothing has been read yet. */
  add(local: Socket, index: number): void;
  /** Ends all, and resolves when they have ended. */
  close(): Promise<void>;
}

/** At most `most` at once, in the order in which they came. `carry` settles when it has ended; what it throws is told to `failed`, and its local end reset. */
export function createCarrying(
  most: number,
  carry: (local: Socket, index: number) => Promise<void>,
  failed: (error: unknown) => void,
): Carrying {
  const waiting: { readonly local: Socket; readonly index: number }[] = [];
  const carried = new Map<Socket, Promise<void>>();
  let closed = false;

  function next(): void {
    while (carried.size < most) {
      const found = waiting.shift();
      if (found === undefined) return;
      carried.set(found.local, run(found.local, found.index));
    }
  }

  async function run(local: Socket, index: number): Promise<void> {
    try {
      await carry(local, index);
    } catch (error) {
      local.resetAndDestroy();
      if (!closed) failed(error);
    } finally {
      carried.delete(local);
      next();
    }
  }

  return {
    add(local, index) {
      // Whoever looks at it later is told of its end all the same.
      local.on("error", () => {});
      if (closed) {
        local.destroy();
        return;
      }
      waiting.push({ local, index });
      next();
    },
    async close() {
      closed = true;
      for (const { local } of waiting.splice(0)) local.destroy();
      for (const local of carried.keys()) local.destroy();
      await Promise.all(carried.values());
    },
  };
}
