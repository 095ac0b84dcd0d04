const steps = [
  [86_400_000 * 2, 86_400_000, "d"],
  [3_600_000 * 2, 3_600_000, "h"],
  [60_000 * 2, 60_000, "m"],
] as const;

/** How long ago a time was, as kubectl shows it: `12s`, `3m`, `5h`, `9d`. Empty without a time. */
export function age(time: string | undefined, now: number): string {
  if (time === undefined) return "";
  const passed = Math.max(0, now - Date.parse(time));
  if (Number.isNaN(passed)) return "";
  for (const [from, unit, letter] of steps) if (passed >= from) return `${Math.floor(passed / unit)}${letter}`;
  return `${Math.floor(passed / 1000)}s`;
}
