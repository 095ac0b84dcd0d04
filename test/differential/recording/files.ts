import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "recordings");

/** The name of a cell's file, below `recordings/`. */
export function fileOf(cell: string): string {
  return `${cell
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")}.txt`;
}

/** The recording of a cell. @throws Error where there is none */
export function textOf(cell: string): string {
  return readFileSync(join(folder, fileOf(cell)), "utf8");
}

/** Keeps one. */
export function keepText(cell: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, fileOf(cell)), text);
}

/** The names of all files. */
export function allFiles(): readonly string[] {
  return readdirSync(folder).toSorted();
}

/** Removes one. */
export function forget(file: string): void {
  rmSync(join(folder, file));
}
