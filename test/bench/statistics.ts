/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("no values");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs each of the measurements once per round, every round in another order, and collects what they give. */
export async function interleave<T>(
  rounds: number,
  measurements: Readonly<Record<string, () => Promise<T>>>,
): Promise<Record<string, T[]>> {
  const entries = Object.entries(measurements);
  const results: Record<string, T[]> = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < entries.length; i++) {
      const [name, measure] = entries[(i + round) % entries.length]!;
      results[name]!.push(await measure());
    }
  }
  return results;
}
