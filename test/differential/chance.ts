/** One of some values. */
export function pick<const T>(chance: () => number, from: readonly T[]): T {
  return from[Math.floor(chance() * from.length)]!;
}

/** Some of them, each once, in any order; at most `count`. */
export function some<const T>(chance: () => number, from: readonly T[], count: number): readonly T[] {
  const left = [...from];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(chance() * left.length), 1));
  return taken;
}
