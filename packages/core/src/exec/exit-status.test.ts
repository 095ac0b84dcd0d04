import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LimitError } from "../errors/body-errors.ts";
import { StatusError } from "../errors/status-error.ts";
import { createExitStatus, type Outcome } from "./exit-status.ts";

const request = { verb: "get", path: "/exec" };
const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const failure = (changes: object): object => ({ metadata: {}, status: "Failure", ...changes });
const ended = (message: unknown): object =>
  failure({ reason: "NonZeroExitCode", details: { causes: [{ reason: "ExitCode", message }] } });

function outcome(text: unknown): Outcome | undefined {
  const status = createExitStatus(request);
  return status.push(bytes(text)) ?? status.end();
}

describe("how a command ended", () => {
  test.each<[string, unknown, number]>([
    ["success", { status: "Success" }, 0],
    ["a code", ended("3"), 3],
    ["a signal", ended("137"), 137],
  ])("%s", (_, status, exitCode) => {
    expect(outcome(status)).toEqual({ exit: { exitCode } });
  });

  test.each<[string, unknown]>([
    ["could not be run", failure({ reason: "InternalError", message: "container not found", code: 500 })],
    ["a code that is none", ended("three")],
    ["a code that is no text", ended(3)],
    ["no causes", failure({ reason: "NonZeroExitCode" })],
    ["causes that are no list", failure({ reason: "NonZeroExitCode", details: { causes: "3" } })],
    ["causes of null", failure({ reason: "NonZeroExitCode", details: { causes: [null] } })],
  ])("%s: the Status as an error", (_, status) => {
    expect(outcome(status)).toMatchObject({ error: { name: "StatusError", status, statusCode: 500 } });
  });

  test("nothing came: there is none", () => {
    expect(createExitStatus(request).end()).toBeUndefined();
  });

  test.each(["no JSON", "{", '"text"', "null", "[]", '{"status":"Perhaps"}', "\xff"])("%j is not a Status", (text) => {
    expect(outcome(text)).toMatchObject({ error: { name: "DecodeError" } });
  });

  test("cut anywhere, it is the same", () => {
    const whole = bytes(ended("42"));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: whole.length }), { maxLength: 40 }), (cuts) => {
        const status = createExitStatus(request);
        const ends = [...new Set([...cuts, whole.length])].toSorted((a, b) => a - b);
        let from = 0;
        let found: Outcome | undefined;
        for (const end of ends) {
          found ??= status.push(whole.subarray(from, end));
          from = end;
        }
        expect(found ?? status.end()).toEqual({ exit: { exitCode: 42 } });
      }),
    );
  });

  test("any bytes, in any pieces: an outcome, an error of the library, or none yet", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 30 }), (pieces) => {
        const status = createExitStatus(request);
        let found: Outcome | undefined;
        for (const piece of pieces) found ??= status.push(piece);
        found ??= status.end();
        if (pieces.length === 0) expect(found).toBeUndefined();
        else
          expect(
            found !== undefined && ("exit" in found || /^(Status|Decode|Limit)Error$/.test(found.error.name)),
          ).toBe(true);
      }),
    );
  });

  test("1 MiB is the most", () => {
    const status = createExitStatus(request);
    const piece = new Uint8Array(64 * 1024).fill(32);
    for (let turn = 0; turn < 16; turn++) expect(status.push(piece)).toBeUndefined();
    const found = status.push(piece) as { readonly error: Error };
    expect(found.error).toBeInstanceOf(LimitError);
    expect(found.error).not.toBeInstanceOf(StatusError);
  });
});
