const letter = /^\p{L}$/u;
const digit = /^\p{Nd}$/u;

/** The order in which kubectl prints the keys of a map (go.yaml.in/yaml/v2 sorter.go): numbers within them by their value, letters last. */
export function compareKeys(left: string, right: string): number {
  const a = Array.from(left);
  const b = Array.from(right);
  const at = a.findIndex((character, index) => character !== b[index]);
  const x = a[at];
  const y = b[at];
  if (x === undefined || y === undefined) return a.length - b.length;
  const isLetter = [letter.test(x), letter.test(y)] as const;
  if (isLetter[0] !== isLetter[1]) return isLetter[0] ? 1 : -1;
  if (isLetter[0]) return codePoint(x) - codePoint(y);
  const seed = (x === "0" || y === "0") && followsOtherDigit(a, at) ? 1 : 0;
  const [m, mEnd] = numberFrom(a, at, seed);
  const [n, nEnd] = numberFrom(b, at, seed);
  if (m !== n) return m < n ? -1 : 1;
  return mEnd - nEnd || codePoint(x) - codePoint(y);
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

// Zeros after another digit are part of a number, and count.
function followsOtherDigit(characters: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && digit.test(characters[before] ?? ""); before--)
    if (characters[before] !== "0") return true;
  return false;
}

function numberFrom(characters: readonly string[], at: number, seed: number): [value: number, end: number] {
  let value = seed;
  let end = at;
  for (; digit.test(characters[end] ?? ""); end++) value = value * 10 + codePoint(characters[end] ?? "0") - 0x30;
  return [value, end];
}
