// Schedules of CronJobs, as https://github.com/robfig/cron reads them (parser.go).

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Minute, hour, day of the month, month, day of the week. */
const places: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: days },
];

const descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/** What is wrong with a schedule: the first thing. */
export function wrongSchedule(text: string): readonly string[] {
  const problem = problemOf(text);
  return problem === undefined ? [] : [problem];
}

function problemOf(text: string): string | undefined {
  // Whatever else is said of a time zone in it, the rest is read.
  const spec = /^(CRON_)?TZ=\S* /.test(text) ? text.slice(text.indexOf(" ")).trim() : text;
  if (spec.startsWith("@")) return descriptorProblem(spec);
  const fields = spec.split(/\s+/).filter((field) => field !== "");
  if (fields.length !== places.length)
    return `expected exactly ${places.length} fields, found ${fields.length}: [${fields.join(" ")}]`;
  for (const [index, field] of fields.entries()) {
    for (const range of field.split(",").filter((one) => one !== "")) {
      const problem = rangeProblem(range, places[index]!);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function descriptorProblem(text: string): string | undefined {
  if (descriptors.includes(text)) return undefined;
  if (!text.startsWith("@every ")) return `unrecognized descriptor: ${text}`;
  const duration = text.slice("@every ".length);
  if (/^[+-]?((\d+\.?\d*|\.\d+)(ns|us|\u00b5s|ms|s|m|h))+$|^[+-]?0$/.test(duration)) return undefined;
  return `failed to parse duration ${text}: time: invalid duration ${JSON.stringify(duration)}`;
}

function rangeProblem(range: string, { least, most, names }: Bounds): string | undefined {
  const [span = "", ...steps] = range.split("/");
  const [low = "", ...highs] = span.split("-");
  let [start, end] = [least, most];
  if (low !== "*" && low !== "?") {
    const first = readNumber(low, names, least);
    if (typeof first === "string") return first;
    if (highs.length > 1) return `too many hyphens: ${range}`;
    const last = highs.length === 0 ? first : readNumber(highs[0]!, names, least);
    if (typeof last === "string") return last;
    [start, end] = [first, last];
  }
  if (steps.length > 1) return `too many slashes: ${range}`;
  const step = steps.length === 0 ? 1 : readNumber(steps[0]!, undefined, 0);
  if (typeof step === "string") return step;
  if (steps.length > 0 && highs.length === 0) end = most;
  if (start < least) return `beginning of range (${start}) below minimum (${least}): ${range}`;
  if (end > most) return `end of range (${end}) above maximum (${most}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return step === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

/** A number, or what is wrong with it. */
function readNumber(text: string, names: readonly string[] | undefined, least: number): number | string {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + least;
  if (!/^[+-]?\d+$/.test(text))
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
  return Number(text) < 0 ? `negative number (${Number(text)}) not allowed: ${text}` : Number(text);
}

/** What is wrong with the name of a time zone. */
export function wrongTimeZone(name: string): readonly string[] {
  if (name === "") return ["timeZone must be nil or non-empty string"];
  const isPart = (part: string): boolean => /^[A-Za-z._0-9+][A-Za-z._0-9+-]{0,13}$/.test(part) && !/^\.\.?$/.test(part);
  if (!name.split("/").every(isPart)) return [`unknown time zone ${name}`];
  if (name.toLowerCase() === "local") {
    const why = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    return name === "Local" ? [why] : [why, `unknown time zone ${name}`];
  }
  return isKnownZone(name) ? [] : [`unknown time zone ${name}`];
}

function isKnownZone(name: string): boolean {
  // What the platform takes as a distance to UTC is no name.
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
