/** Freezes a value of JSON and all in it; gives the same value. */
export function deepFreeze<T>(value: T): T {
  // Not by recursion: how deep it is, a server decides.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== "object" || one === null || Object.isFrozen(one)) continue;
    Object.freeze(one);
    for (const below of Object.values(one)) left.push(below);
  }
  return value;
}
