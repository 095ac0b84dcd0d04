/** A text that Go cannot read as what it should be, in Go's words. */
export class GoValueError extends Error {}

interface Element {
  /** As Go's layout has it. */
  readonly layout: string;
  readonly pattern: RegExp;
  /** Of the number. */
  readonly name?: string;
  readonly most?: number;
}

const fixed = (layout: string): Element => ({ layout, pattern: new RegExp(`^${layout.replace(".", "\\.")}`) });
const number = (layout: string, name: string, most: number): Element => ({
  layout,
  pattern: new RegExp(`^\\d{${layout.length}}`),
  name,
  most,
});

const beforeFraction: readonly Element[] = [
  { layout: "2006", pattern: /^\d{4}/ },
  fixed("-"),
  number("01", "month", 12),
  fixed("-"),
  number("02", "day", 31),
  fixed("T"),
  number("15", "hour", 23),
  fixed(":"),
  number("04", "minute", 59),
  fixed(":"),
  number("05", "second", 59),
];
const zone: Element = { layout: "Z07:00", pattern: /^(?:Z|[+-]\d\d:\d\d)/ };
interface Layout {
  readonly text: string;
  readonly fraction: Element;
}

const layouts: Readonly<Record<"time" | "microTime", Layout>> = {
  /** Whole seconds; a fraction is taken too. */
  time: { text: "2006-01-02T15:04:05Z07:00", fraction: { layout: "", pattern: /^(?:[.,]\d+)?/ } },
  microTime: { text: "2006-01-02T15:04:05.000000Z07:00", fraction: { layout: ".000000", pattern: /^[.,]\d{6}/ } },
};

/** A time as the API server prints it again: in UTC, whole seconds or microseconds. @throws GoValueError (Go's time/format.go) */
export function canonicalTime(text: string, kind: "time" | "microTime"): string {
  const { text: layout, fraction } = layouts[kind];
  const failed = (why: string): GoValueError => new GoValueError(`parsing time ${JSON.stringify(text)}${why}`);
  let rest = text;
  for (const element of [...beforeFraction, fraction, zone]) {
    const found = element.pattern.exec(rest)?.[0];
    if (found === undefined) {
      throw failed(
        ` as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(element.layout)}`,
      );
    }
    const { name, most = 0 } = element;
    if (name !== undefined && (Number(found) > most || (found === "00" && (name === "month" || name === "day"))))
      throw failed(`: ${name} out of range`);
    rest = rest.slice(found.length);
  }
  if (rest !== "") throw failed(`: extra text: ${JSON.stringify(rest)}`);
  const [, seconds = "", part = "", shift = ""] = /^(.{19})(?:[.,](\d+))?(.*)$/.exec(text) ?? [];
  const milliseconds = Date.parse(`${seconds}${shift}`);
  const day = Number(seconds.slice(8, 10));
  if (day > new Date(Date.UTC(Number(seconds.slice(0, 4)), Number(seconds.slice(5, 7)), 0)).getUTCDate())
    throw failed(": day out of range");
  const whole = new Date(milliseconds).toISOString().slice(0, 19);
  return kind === "time" ? `${whole}Z` : `${whole}.${part}Z`;
}

const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A duration as Go prints it, such as `1h0m0s`. @throws GoValueError (Go's time.ParseDuration) */
export function canonicalDuration(text: string): string {
  const invalid = (what = "invalid duration"): GoValueError =>
    new GoValueError(`time: ${what} ${what.startsWith("invalid") ? "" : "in duration "}${JSON.stringify(text)}`);
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  let rest = text.slice(sign.length);
  if (rest === "0") return "0s";
  if (rest === "") throw invalid();
  let nanos = 0;
  while (rest !== "") {
    const amount = /^(?:\d+(?:\.\d*)?|\.\d+)/.exec(rest)?.[0];
    if (amount === undefined) throw invalid();
    rest = rest.slice(amount.length);
    const unit = /^[^.\d]*/.exec(rest)![0];
    if (unit === "") throw invalid("missing unit");
    if (!Object.hasOwn(units, unit)) throw invalid(`unknown unit ${JSON.stringify(unit)}`);
    nanos += Number(amount) * units[unit]!;
    rest = rest.slice(unit.length);
  }
  return nanos === 0 ? "0s" : `${sign === "-" ? "-" : ""}${durationText(Math.round(nanos))}`;
}

function durationText(nanos: number): string {
  for (const [unit, size] of [
    ["ns", 1],
    ["µs", 1e3],
    ["ms", 1e6],
  ] as const)
    if (nanos < size * 1000) return `${nanos / size}${unit}`;
  const minutes = Math.floor(nanos / 60e9);
  const seconds = `${(nanos - minutes * 60e9) / 1e9}s`;
  if (minutes === 0) return seconds;
  const hours = Math.floor(minutes / 60);
  return `${hours === 0 ? "" : `${hours}h`}${minutes % 60}m${seconds}`;
}
