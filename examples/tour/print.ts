import { stdout } from "node:process";
import { stripVTControlCharacters, styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

const coloured = stdout.isTTY && process.env["NO_COLOR"] === undefined;

/** The text in this style on a terminal, else as it is. */
export function styled(style: Style, text: string): string {
  return coloured ? styleText(style, text) : text;
}

let steps = 0;

/** Begins a step of the tour. */
export function heading(title: string): void {
  steps++;
  console.log(`\n${styled(["bold", "cyan"], `${steps}. ${title}`)}`);
}

/** The call that a step makes, as one would write it. */
export function call(text: string): void {
  console.log(`   ${styled("dim", `> ${text}`)}`);
}

/** Something that was found or done. */
export function line(text: string): void {
  console.log(`   ${text}`);
}

/** Something that succeeded. */
export function done(text: string): void {
  line(`${styled("green", "✓")} ${text}`);
}

/** Something that was left out or refused, and why. */
export function note(text: string): void {
  line(`${styled("yellow", "!")} ${text}`);
}

/** Columns as wide as their widest cell, as kubectl prints them. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): void {
  const texts = rows.map((row) => columns.map((_, i) => text(row[i])));
  const widths = columns.map((column, i) => Math.max(column.length, ...texts.map((cells) => cells[i]!.length)));
  const format = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("   ")
      .trimEnd();
  line(styled("bold", format(columns.map((column) => column.toUpperCase()))));
  for (const cells of texts) line(stripVTControlCharacters(format(cells)));
}

function text(cell: unknown): string {
  return typeof cell === "string" ? cell : cell === undefined || cell === null ? "" : JSON.stringify(cell);
}
