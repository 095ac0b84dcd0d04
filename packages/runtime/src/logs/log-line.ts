/** A line of a container's log. */
export interface LogLine {
  /** The namespace of the pod. */
  readonly namespace: string;
  /** The name of the pod. */
  readonly pod: string;
  /** The name of the container. */
  readonly container: string;
  /** When the node took the line from the container: RFC 3339, as a rule with nanoseconds, as the server says it. */
  readonly time: string;
  /** The text, without its line end. */
  readonly line: string;
}

/** A container whose log may be read. */
export interface LogContainer {
  /** The namespace of the pod. */
  readonly namespace: string;
  /** The name of the pod. */
  readonly pod: string;
  /** The name of the container. */
  readonly container: string;
  /** `"init"` runs before the others and ends, `"sidecar"` is an init container that goes on, `"ephemeral"` was added later, for debugging. */
  readonly type: "main" | "init" | "sidecar" | "ephemeral";
}

/** Whose lines they are. */
export type LogOrigin = Pick<LogLine, "namespace" | "pod" | "container">;

/** Reads what the server writes when it is asked for times; undefined for what has none, which is no line of the log. */
export function logLineOf(raw: string, { namespace, pod, container }: LogOrigin): LogLine | undefined {
  const space = raw.indexOf(" ");
  // 2026-01-01T00:00:00Z has 20 characters, and with nanoseconds and an offset it has 35.
  if (space < 20 || space > 35 || raw[4] !== "-" || raw[10] !== "T" || raw[13] !== ":") return undefined;
  return { namespace, pod, container, time: raw.slice(0, space), line: raw.slice(space + 1) };
}

const parts = /^(.{19})(?:\.(\d+))?(.*)$/;

/** A time as a text that sorts by time: in UTC, with nine digits behind the point. */
export function sortable(time: string): string {
  if (time.length === 30 && time.endsWith("Z")) return time;
  const [, seconds = "", fraction = "", zone = ""] = parts.exec(time) ?? [];
  const whole = Date.parse(seconds + zone);
  if (Number.isNaN(whole)) return time;
  return `${new Date(whole).toISOString().slice(0, 19)}.${fraction.padEnd(9, "0").slice(0, 9)}Z`;
}
