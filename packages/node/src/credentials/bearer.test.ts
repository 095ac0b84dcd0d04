import { inspect } from "node:util";
import { isKubeError } from "@kubewright/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { basic, bearer, constant, tokenFile, tokenFunction } from "./bearer.ts";
import { jwtExpiry } from "./jwt.ts";
import { Secret } from "../settings/secret.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A file whose content, absence or failure the test decides. */
function fakeFile(first: string | undefined) {
  const state = { content: first as string | undefined | Error, reads: 0 };
  const readFile = async (): Promise<Uint8Array | undefined> => {
    state.reads++;
    if (state.content instanceof Error) throw state.content;
    return state.content === undefined ? undefined : new TextEncoder().encode(state.content);
  };
  return { state, readFile };
}

function jwt(exp: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ exp })}.signature`;
}

test("tokens and passwords become the headers of RFC 6750 and RFC 7617", async () => {
  expect(bearer("abc").reveal()).toBe("Bearer abc");
  // The example of RFC 7617, section 2, and one beyond ASCII.
  expect(basic("Aladdin", new Secret("open sesame")).reveal()).toBe("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  expect(basic("test", new Secret("123£")).reveal()).toBe("Basic dGVzdDoxMjPCow==");
  expect(await constant("token", 1).current()).toBe(1);
  expect(await constant("token", 1).renew(1)).toBeUndefined();
});

test("a token file is read again within a minute, whoever asks", async () => {
  const { state, readFile } = fakeFile("one\n");
  const source = tokenFile("/token", readFile, () => {});
  expect((await source.current()).reveal()).toBe("Bearer one");
  state.content = "two\n";
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1000);
    await source.current();
  }
  expect((await source.current()).reveal()).toBe("Bearer two");
  expect(state.reads).toBe(2);
});

test("after a refusal the file is read at once", async () => {
  const { state, readFile } = fakeFile("one");
  const source = tokenFile("/token", readFile, () => {});
  const refused = await source.current();
  expect(await source.renew(refused)).toBeUndefined();
  vi.advanceTimersByTime(10_001);
  state.content = "two";
  expect((await source.renew(refused))?.reveal()).toBe("Bearer two");
});

test.each([
  ["is gone", undefined, "does not exist"],
  ["is empty", " \n", "is empty"],
  ["cannot be read", Object.assign(new Error("a bad disk"), { code: "EIO" }), "cannot be read (EIO)"],
  ["holds more than a token", "a canary\nb", "holds more than a token"],
])("while the file %s the last token stays in use, and that is said", async (_, content, message) => {
  const warnings: string[] = [];
  const { state, readFile } = fakeFile("one");
  const source = tokenFile("/token", readFile, (warning) => warnings.push(warning));
  await source.current();
  state.content = content;
  vi.advanceTimersByTime(120_000);
  expect((await source.current()).reveal()).toBe("Bearer one");
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(message);
  expect(warnings[0]).toContain("the last one stays in use");
  expect(warnings[0]).not.toContain("canary");
  state.content = "two";
  vi.advanceTimersByTime(10_001);
  expect((await source.current()).reveal()).toBe("Bearer two");
});

test("without a first token it is an AuthError, and the next call tries anew", async () => {
  const { state, readFile } = fakeFile(undefined);
  const source = tokenFile("/token", readFile, () => {});
  await expect(source.current()).rejects.toThrow("No token: the token file /token does not exist");
  state.content = "one";
  expect((await source.current()).reveal()).toBe("Bearer one");
});

test("a token beside the file stands in until the file can be read", async () => {
  const warnings: string[] = [];
  const { state, readFile } = fakeFile(undefined);
  const source = tokenFile("/token", readFile, (warning) => warnings.push(warning), new Secret("static"));
  expect((await source.current()).reveal()).toBe("Bearer static");
  expect(warnings).toHaveLength(1);
  state.content = "one";
  vi.advanceTimersByTime(60_000);
  expect((await source.current()).reveal()).toBe("Bearer one");
  state.content = undefined;
  vi.advanceTimersByTime(60_000);
  expect((await source.current()).reveal()).toBe("Bearer one");
});

test("a token function is called once a minute, and ahead of a JWT's end", async () => {
  const calls = { opaque: 0, jwt: 0 };
  const opaque = tokenFunction(() => `t${++calls.opaque}`);
  const short = tokenFunction(async () => {
    calls.jwt++;
    return jwt(Date.now() / 1000 + 20);
  });
  for (let second = 0; second < 600; second++) {
    await Promise.all([opaque.current(), opaque.current(), short.current()]);
    vi.advanceTimersByTime(1000);
  }
  expect(calls.opaque).toBeGreaterThanOrEqual(10);
  expect(calls.opaque).toBeLessThanOrEqual(17);
  expect(calls.jwt).toBeGreaterThanOrEqual(600 / 20);
});

test.each([
  ["throws", () => Promise.reject(new Error("vault is sealed")), "No token: the function given as `token` failed"],
  ["brings nothing", () => undefined as unknown as string, "must bring text"],
  ["brings an empty text", () => "", "must bring text"],
  ["brings a line break", () => "canary\n", "without spaces or line breaks"],
])("a function that %s is an AuthError", async (_, fetch, message) => {
  const error: unknown = await tokenFunction(fetch)
    .current()
    .catch((reason: unknown) => reason);
  expect(isKubeError(error) && `${error.name}: ${error.message}`).toContain(`AuthError: `);
  expect((error as Error).message).toContain(message);
  expect(inspect(error)).not.toContain("canary");
});

test("the end of a JWT", () => {
  expect(jwtExpiry(jwt(1_700_000_000))).toBe(1_700_000_000_000);
  for (const token of [
    "",
    "opaque",
    "a.b",
    "a.b.c",
    "a.bnVsbA.c",
    `a.${Buffer.from('{"exp":"soon"}').toString("base64url")}.c`,
  ]) {
    expect(jwtExpiry(token)).toBeUndefined();
  }
});
