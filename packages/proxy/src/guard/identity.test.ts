import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createIdentities, type Identified, type Identity } from "./identity.ts";

const request = {} as IncomingMessage;

function identityOf(identified: unknown): Promise<Identity> {
  return createIdentities(() => identified as Identified, createVirtualClock()).of(request);
}

test("calls are made as who is named, and a key tells one from all others without a credential", async () => {
  const jane = { impersonate: { user: "jane", groups: ["a"] } };
  const all = [
    jane,
    { impersonate: { user: "jane" } },
    { impersonate: { user: "joe" } },
    { token: "hunter2" },
    { token: "hunter3" },
  ];
  const identities = await Promise.all(all.map(identityOf));
  expect(identities.map(({ call }) => call)).toEqual(all);
  expect(new Set(identities.map(({ key }) => key)).size).toBe(all.length);
  expect((await identityOf({ ...jane })).key).toBe(identities[0]!.key);
  expect(identities.map(({ key }) => key).join()).not.toContain("hunter");
});

test.each([
  [{}],
  [{ token: undefined }],
  [{ token: "" }],
  [{ token: 1 }],
  [{ impersonate: {} }],
  [{ impersonate: { user: "" } }],
  [{ impersonate: { groups: ["a"] } }],
  [{ impersonate: { user: "jane" }, token: "hunter2" }],
  [{ impersonate: undefined }],
  ["jane"],
  [null],
  [true],
])("%j names nobody, and is never taken for the proxy itself", async (identified) => {
  await expect(identityOf(identified)).rejects.toMatchObject({ code: 500 });
});

test("nobody is refused; who cannot be told, too, also when that takes for ever", async () => {
  await expect(identityOf(undefined)).rejects.toMatchObject({ code: 401 });
  const clock = createVirtualClock();
  const failing = createIdentities(() => Promise.reject(new Error("down")), clock);
  await expect(failing.of(request)).rejects.toMatchObject({ code: 500, cause: new Error("down") });
  const waiting = createIdentities(() => new Promise(() => {}), clock).of(request);
  waiting.catch(() => {});
  await clock.advance(30_000);
  await expect(waiting).rejects.toMatchObject({ code: 500 });
});

test("what goes on is asked about each minute, until it ends", async () => {
  const clock = createVirtualClock();
  let asked = 0;
  let user: string | undefined = "jane";
  const { of, keep } = createIdentities(() => {
    asked += 1;
    return user === undefined ? undefined : { impersonate: { user } };
  }, clock);
  const jane = await of(request);
  const lost: unknown[] = [];
  const ended = new AbortController();
  keep(request, jane, ended.signal, (refusal) => lost.push(refusal?.code));
  const other = new AbortController();
  keep(request, jane, other.signal, (refusal) => lost.push(refusal?.code));
  await clock.advance(180_000);
  expect([asked, lost]).toEqual([7, []]);
  other.abort();
  user = "joe";
  await clock.advance(180_000);
  expect([asked, lost]).toEqual([8, [undefined]]);
  user = undefined;
  keep(request, jane, ended.signal, (refusal) => lost.push(refusal?.code));
  await clock.advance(60_000);
  expect(lost).toEqual([undefined, 401]);
  expect(clock.pending).toBe(0);
});
