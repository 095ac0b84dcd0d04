/**
 * Two values as JSON, and what differs as a unified diff, as the API server's messages have it: by the longest run of equal lines,
 * and so on before and after it. k8s.io/apimachinery pkg/util/diff, github.com/pmezard/go-difflib.
 */
export function structDiff(a: unknown, b: unknown): string {
  const before = linesOf(a);
  const after = linesOf(b);
  return hunksOf(editsOf(before, after))
    .map((hunk) => hunkText(hunk, before, after))
    .join("");
}

function linesOf(value: unknown): readonly string[] {
  return JSON.stringify(value, null, 1).split("\n");
}

/** How many equal lines are shown around what differs. */
const context = 3;

/** Lines of one text that stand for lines of the other. */
interface Edit {
  readonly isEqual: boolean;
  readonly a: readonly [start: number, end: number];
  readonly b: readonly [start: number, end: number];
}

/** A run of equal lines. */
interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

function editsOf(a: readonly string[], b: readonly string[]): readonly Edit[] {
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  for (const match of [...matchesOf(a, b), { a: a.length, b: b.length, size: 0 }]) {
    if (i < match.a || j < match.b) edits.push({ isEqual: false, a: [i, match.a], b: [j, match.b] });
    [i, j] = [match.a + match.size, match.b + match.size];
    if (match.size > 0) edits.push({ isEqual: true, a: [match.a, i], b: [match.b, j] });
  }
  return edits;
}

function matchesOf(a: readonly string[], b: readonly string[]): readonly Match[] {
  const places = placesOf(b);
  const found: Match[] = [];
  const search = (fromA: number, toA: number, fromB: number, toB: number): void => {
    const match = longestMatch(a, b, places, { fromA, toA, fromB, toB });
    if (match.size === 0) return;
    if (fromA < match.a && fromB < match.b) search(fromA, match.a, fromB, match.b);
    const last = found.at(-1);
    // What follows at once belongs to the same run.
    if (last !== undefined && last.a + last.size === match.a && last.b + last.size === match.b)
      found.splice(-1, 1, { ...last, size: last.size + match.size });
    else found.push(match);
    const [endA, endB] = [match.a + match.size, match.b + match.size];
    if (endA < toA && endB < toB) search(endA, toA, endB, toB);
  };
  search(0, a.length, 0, b.length);
  return found;
}

/** From how many lines on those that repeat often are no place to begin. */
const manyLines = 200;

/** Where each line stands. */
function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else known.push(index);
  }
  if (lines.length < manyLines) return places;
  const most = Math.floor(lines.length / 100) + 1;
  return new Map([...places].filter(([, indices]) => indices.length <= most));
}

interface Range {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

function longestMatch(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  { fromA, toA, fromB, toB }: Range,
): Match {
  let best: Match = { a: fromA, b: fromB, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = fromA; i < toA; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i]!) ?? []) {
      if (j < fromB || j >= toB) continue;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  let { a: startA, b: startB, size } = best;
  while (startA > fromA && startB > fromB && a[startA - 1] === b[startB - 1]) {
    startA--;
    startB--;
    size++;
  }
  while (startA + size < toA && startB + size < toB && a[startA + size] === b[startB + size]) size++;
  return { a: startA, b: startB, size };
}

/** Edits that are near each other, with the lines around them. */
function hunksOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const hunks: Edit[][] = [];
  let hunk: Edit[] = [];
  for (const [index, edit] of edits.entries()) {
    if (!edit.isEqual) {
      hunk.push(edit);
      continue;
    }
    const isFirst = index === 0;
    const isLast = index === edits.length - 1;
    if (isFirst) hunk.push(end(edit));
    else if (isLast) hunk.push(start(edit));
    else if (edit.a[1] - edit.a[0] <= 2 * context) hunk.push(edit);
    else {
      hunks.push([...hunk, start(edit)]);
      hunk = [end(edit)];
    }
  }
  if (hunk.some(({ isEqual }) => !isEqual)) hunks.push(hunk);
  return hunks;
}

function start({ isEqual, a, b }: Edit): Edit {
  return { isEqual, a: [a[0], Math.min(a[1], a[0] + context)], b: [b[0], Math.min(b[1], b[0] + context)] };
}

function end({ isEqual, a, b }: Edit): Edit {
  return { isEqual, a: [Math.max(a[0], a[1] - context), a[1]], b: [Math.max(b[0], b[1] - context), b[1]] };
}

function hunkText(hunk: readonly Edit[], a: readonly string[], b: readonly string[]): string {
  const [first, last] = [hunk[0]!, hunk.at(-1)!];
  const lines = [`@@ -${rangeText(first.a[0], last.a[1])} +${rangeText(first.b[0], last.b[1])} @@`];
  for (const edit of hunk) {
    if (edit.isEqual) {
      lines.push(...a.slice(...edit.a).map((line) => ` ${line}`));
      continue;
    }
    lines.push(...a.slice(...edit.a).map((line) => `-${line}`), ...b.slice(...edit.b).map((line) => `+${line}`));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function rangeText(from: number, to: number): string {
  const length = to - from;
  if (length === 1) return String(from + 1);
  return `${length === 0 ? from : from + 1},${length}`;
}
