// Indexes of a Job's pods as one text: `1,3-5` (k8s.io/kubernetes pkg/apis/batch/validation/validation.go).

interface Interval {
  readonly first: number;
  readonly last: number;
}

/** How many indexes there are, or what is wrong with the text. `completions`: the number of all. */
export function readIndexes(text: string, completions: number): number | string {
  if (text === "") return 0;
  let before: number | undefined;
  let count = 0;
  for (const part of text.split(",")) {
    const interval = readInterval(part, completions);
    if (typeof interval === "string") return interval;
    if (before !== undefined && before >= interval.first) return notIncreasing(before, interval.first);
    count += interval.last - interval.first + 1;
    before = interval.last;
  }
  return count;
}

/** The first index that two texts share; what cannot be read in them does not count. */
export function sharedIndex(a: string, b: string, completions: number): number | undefined {
  const intervals = (text: string): readonly Interval[] =>
    text.split(",").flatMap((part) => {
      const interval = readInterval(part, completions);
      return typeof interval === "string" ? [] : [interval];
    });
  const others = intervals(b);
  for (const { first, last } of intervals(a)) {
    const other = others.find((one) => first <= one.last && one.first <= last);
    if (other !== undefined) return Math.max(first, other.first);
  }
  return undefined;
}

function notIncreasing(before: number, current: number): string {
  return `non-increasing order, previous: ${before}, current: ${current}`;
}

function readInterval(text: string, completions: number): Interval | string {
  const limits = text.split("-");
  if (limits.length > 2)
    return `the fragment ${JSON.stringify(text)} violates the requirement that an index interval can have at most two parts separated by '-'`;
  const read: number[] = [];
  for (const limit of limits) {
    if (!/^\+?\d+$/.test(limit)) return `cannot convert string to integer for index: ${JSON.stringify(limit)}`;
    if (Number(limit) >= completions) return `too large index: ${JSON.stringify(limit)}`;
    read.push(Number(limit));
  }
  const [first = 0, last = first] = read;
  return limits.length === 2 && first >= last ? notIncreasing(first, last) : { first, last };
}
