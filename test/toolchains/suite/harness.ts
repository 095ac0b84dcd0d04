// The part of Vitest's API that the transports' suite uses, for platforms where Vitest does not run.

type Body = () => void | Promise<void>;
type Each = (name: string, body: (...row: never[]) => void | Promise<void>) => void;

interface Scope {
  readonly name: string;
  readonly beforeAll: Body[];
  readonly afterEach: Body[];
  readonly afterAll: Body[];
}

interface Case {
  readonly scopes: readonly Scope[];
  readonly name: string;
  readonly body: Body;
}

/** How one case ended. */
export interface Outcome {
  readonly name: string;
  /** Undefined where it passed. */
  readonly error?: string;
}

const cases: Case[] = [];
let scopes: readonly Scope[] = [scope("")];

function scope(name: string): Scope {
  return { name, beforeAll: [], afterEach: [], afterAll: [] };
}

function describeOne(name: string, body: () => void): void {
  const outer = scopes;
  scopes = [...outer, scope(name)];
  body();
  scopes = outer;
}

function testOne(name: string, body: Body): void {
  cases.push({ scopes, name, body });
}

/** Rows are lists of arguments, or one argument each. */
function each(one: (name: string, body: Body) => void): (rows: readonly unknown[]) => Each {
  return (rows) => (name, body) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      one(`${name} [${values.map(String).join(", ")}]`, () => (body as (...all: unknown[]) => void)(...values));
    }
  };
}

export const describe = Object.assign(describeOne, { each: each(describeOne as (name: string, body: Body) => void) });
export const test = Object.assign(testOne, { each: each(testOne) });
export const beforeAll = (body: Body): void => void scopes.at(-1)?.beforeAll.push(body);
export const afterEach = (body: Body): void => void scopes.at(-1)?.afterEach.push(body);
export const afterAll = (body: Body): void => void scopes.at(-1)?.afterAll.push(body);

/** Runs every case whose name `skip` does not know, one after another. */
export async function runAll(skip: (name: string) => boolean, report: (outcome: Outcome) => void): Promise<void> {
  const begun = new Set<Scope>();
  for (const one of cases) {
    const name = [...one.scopes.slice(1).map((outer) => outer.name), one.name].join(" > ");
    if (skip(name)) continue;
    try {
      for (const outer of one.scopes) {
        if (begun.has(outer)) continue;
        begun.add(outer);
        for (const hook of outer.beforeAll) await hook();
      }
      await within(20_000, one.body());
      for (const outer of one.scopes) for (const hook of outer.afterEach) await within(20_000, hook());
      report({ name });
    } catch (error) {
      report({ name, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  }
  for (const outer of begun) for (const hook of outer.afterAll) await hook();
}

async function within(ms: number, work: void | Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

type Matchers = Record<
  | "toBe"
  | "toEqual"
  | "toMatchObject"
  | "toHaveLength"
  | "toHaveProperty"
  | "toContain"
  | "toBeInstanceOf"
  | "toMatch"
  | "toBeUndefined"
  | "toBeLessThanOrEqual",
  (expected?: unknown) => void
>;

export function expect(actual: unknown): Matchers & { readonly not: Matchers } {
  return { ...matchers(actual, false), not: matchers(actual, true) };
}

function matchers(actual: unknown, negated: boolean): Matchers {
  const check = (what: string, holds: (expected: unknown) => boolean) => (expected?: unknown) => {
    if (holds(expected) === negated)
      throw new Error(`expected ${show(actual)}${negated ? " not" : ""} ${what} ${show(expected)}`);
  };
  const record = actual as { readonly length: number; includes(part: unknown): boolean };
  return {
    toBe: check("to be", (expected) => Object.is(actual, expected)),
    toEqual: check("to equal", (expected) => same(actual, expected, false)),
    toMatchObject: check("to match", (expected) => same(actual, expected, true)),
    toHaveLength: check("to have length", (expected) => record.length === expected),
    toHaveProperty: check("to have property", (expected) => String(expected) in (actual as object)),
    toContain: check("to contain", (expected) => record.includes(expected)),
    toBeInstanceOf: check("to be an instance of", (expected) => actual instanceof (expected as typeof Object)),
    toMatch: check("to match", (expected) => (expected as RegExp).test(String(actual))),
    toBeUndefined: check("to be undefined", () => actual === undefined),
    toBeLessThanOrEqual: check("to be at most", (expected) => Number(actual) <= Number(expected)),
  };
}

/** Equal in depth; with `partly`, objects may have more than what is expected. */
function same(actual: unknown, expected: unknown, partly: boolean): boolean {
  if (Object.is(actual, expected)) return true;
  if (typeof actual !== "object" || typeof expected !== "object" || actual === null || expected === null) return false;
  if (Array.isArray(expected) || ArrayBuffer.isView(expected)) {
    const [a, b] = [actual as ArrayLike<unknown>, expected as unknown as ArrayLike<unknown>];
    return a.length === b.length && Array.from(b).every((value, i) => same(a[i], value, partly));
  }
  const keys = (object: object): string[] =>
    Object.keys(object).filter((key) => (object as Record<string, unknown>)[key] !== undefined);
  if (!partly && keys(actual).length !== keys(expected).length) return false;
  return keys(expected).every((key) =>
    same((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key], partly),
  );
}

function show(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 300);
  } catch {
    return String(value);
  }
}
