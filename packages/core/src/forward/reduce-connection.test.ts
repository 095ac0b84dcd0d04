import { describe, expect, test } from "vitest";
import { ConnectionError } from "../errors/transport-errors.ts";
import { type ConnectionEffect, type ConnectionEvent, newConnection, reduceConnection } from "./reduce-connection.ts";

const request = { verb: "connect", path: "/pods/db-0/portforward" };
const opened: readonly ConnectionEvent[] = [
  { type: "taken", half: "error" },
  { type: "taken", half: "data" },
];
const ended = { data: { type: "ended", half: "data" }, error: { type: "ended", half: "error" } } as const;
const lost: ConnectionEvent = { type: "lost", error: new ConnectionError("ConnectionLost: it broke") };
const said: ConnectionEvent = { type: "said", text: "read: reset by peer" };
const bytes: ConnectionEvent = { type: "received", data: new Uint8Array([1]) };

/** What is to be done when this has happened. */
function effectsOf(events: readonly ConnectionEvent[]): readonly ConnectionEffect[] {
  let state = newConnection;
  return events.flatMap((event) => {
    const reduced = reduceConnection(state, event, request);
    state = reduced.state;
    return reduced.effects;
  });
}

const fromTheBeginning = (...events: readonly ConnectionEvent[]): readonly string[] =>
  effectsOf(events).map((effect) =>
    effect.type === "over" ? `over: ${effect.failed ? String(effect.error) : "well"}` : effect.type,
  );

/** The same once the connection stands. */
const shown = (...events: readonly ConnectionEvent[]): readonly string[] => fromTheBeginning(...opened, ...events);

describe("the far end takes a connection", () => {
  const [errorTaken, dataTaken] = opened as [ConnectionEvent, ConnectionEvent];

  test("with the second of two replies", () => {
    expect(fromTheBeginning(errorTaken)).toEqual([]);
    expect(fromTheBeginning(dataTaken, errorTaken)).toEqual(["opened"]);
  });

  test("with what the pod sends, behind which the second reply may stand", () => {
    expect(fromTheBeginning(dataTaken, bytes, errorTaken)).toEqual(["opened", "output"]);
    const whole = ["opened", "complete", "sendEnd", "over: well"];
    expect(fromTheBeginning(dataTaken, ended.error, ended.data, errorTaken)).toEqual(whole);
  });

  test("and does not with words of why it cannot", () => {
    const effects = fromTheBeginning(dataTaken, said, ended.error);
    expect(effects.slice(0, -1)).toEqual(["incomplete"]);
    expect(effects.at(-1)).toContain("NotForwarded: read: reset by peer");
  });
});

describe("the end of what the pod sends", () => {
  test("errors end first, as a kubelet has it: it is told once both have ended", () => {
    expect(shown(bytes, ended.error)).toEqual(["opened", "output"]);
    expect(shown(bytes, ended.error, ended.data)).toEqual(["opened", "output", "complete", "sendEnd", "over: well"]);
  });

  test("data ends first: it is told at once, since whoever waits for it may be whom the pod waits for", () => {
    expect(shown(bytes, ended.data)).toEqual(["opened", "output", "complete"]);
    expect(shown(bytes, ended.data, ended.error)).toEqual(["opened", "output", "complete", "sendEnd", "over: well"]);
  });

  test("errors have ended, and then it breaks: not all has come", () => {
    const end = "over: ConnectionError: ConnectionLost: it broke";
    expect(shown(bytes, ended.error, lost)).toEqual(["opened", "output", "incomplete", end]);
  });

  test("data has ended, and then it breaks: all has come, and how the connection ended is not known", () => {
    const end = "over: ConnectionError: ConnectionLost: it broke";
    expect(shown(bytes, ended.data, lost)).toEqual(["opened", "output", "complete", end]);
  });

  test("the node says that it broke, and then data ends: the reader is told", () => {
    const effects = shown(bytes, said, ended.data);
    expect(effects.slice(0, -1)).toEqual(["opened", "output", "incomplete"]);
    expect(effects.at(-1)).toContain("NotForwarded: read: reset by peer");
  });

  test("a reset of the stream of errors behind the data's end is an end", () => {
    const effects = ["opened", "complete", "sendEnd", "over: well"];
    expect(shown(ended.data, { type: "reset", half: "error" })).toEqual(effects);
  });
});
