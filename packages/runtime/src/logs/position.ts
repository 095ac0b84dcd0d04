import { type LogLine, sortable } from "./log-line.ts";

/** How far a log was read: what tells its last line from all others. */
export interface Position {
  /** The time of the last line. */
  readonly time: string;
  /** The texts of the lines at the end that have this time, the last one last. */
  readonly texts: readonly string[];
  /** The newest time of all lines so far, as it sorts: with two streams a line may be a little older than the one before. */
  readonly newest: string;
}

/** The position after more lines; `lines` holds one at least. */
export function advanced(before: Position | undefined, lines: readonly LogLine[]): Position {
  const { time } = lines.at(-1) as LogLine;
  let first = lines.length - 1;
  while (first > 0 && lines[first - 1]?.time === time) first -= 1;
  const texts = lines.slice(first).map(({ line }) => line);
  let newest = before?.newest ?? "";
  for (const line of lines) {
    const key = sortable(line.time);
    if (key > newest) newest = key;
  }
  return { time, texts: first === 0 && before?.time === time ? [...before.texts, ...texts] : texts, newest };
}

/** Whether this may be the last line that was read. */
export function isLast({ time, texts }: Position, line: LogLine): boolean {
  return line.time === time && line.line === texts.at(-1);
}

/** How often the last line was read: equal lines of one time can only be counted. */
export function timesRead({ texts }: Position): number {
  const last = texts.at(-1);
  return texts.filter((text) => text === last).length;
}

/** Whether the line is newer than all that were read, so that the last of them cannot come after it. */
export function isBeyond({ newest }: Position, line: LogLine): boolean {
  return sortable(line.time) > newest;
}

/**
 * From when to ask, so that the last line comes again with all that stand behind it in the file. The server drops fractions of a second,
 * and lines of two streams may stand in the file in another order than that of their times: one second more.
 */
export function askFrom({ time }: Position): string {
  return `${new Date(Date.parse(`${sortable(time).slice(0, 19)}Z`) - 1000).toISOString().slice(0, 19)}Z`;
}
