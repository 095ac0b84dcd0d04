import type { WriteStream } from "node:tty";
import type { TerminalSize } from "@kubewright/core";

/** Who drags a window makes many sizes; only the last of those within this time is told. In milliseconds. */
const quietMs = 50;

/** What a terminal says that does not know its size. */
const usual: TerminalSize = { columns: 80, rows: 24 };
const largest = 65_535;

/** How large the terminal is. */
export function windowSize({ columns, rows }: Pick<WriteStream, "columns" | "rows">): TerminalSize {
  return { columns: columns || usual.columns, rows: rows || usual.rows };
}

/** A size that is another one, and larger where there is a larger one. */
export function otherSize({ columns, rows }: TerminalSize): TerminalSize {
  const other = (count: number): number => (count < largest ? count + 1 : count - 1);
  return { columns: other(columns), rows: other(rows) };
}

/**
 * Tells the size whenever it has changed, at most every 50 ms and the newest last; gives what ends it. With `again` it is told once
 * more though it has not.
 */
export function followSize(output: WriteStream, again: boolean, tell: (size: TerminalSize) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      tell(windowSize(output));
    }, quietMs);
  };
  output.on("resize", changed);
  if (again) changed();
  return () => {
    output.off("resize", changed);
    clearTimeout(timer);
  };
}
