import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { apiRequest } from "../../../../test/support/api-request.ts";
import { isUnauthorized } from "../errors/guards.ts";
import type { StatusError } from "../errors/status-error.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { refusals } from "./refusals.ts";

const module = "../codec/response-error.ts";
const discard = vi.fn<() => void>();

function send(status: number, signal?: AbortSignal): Promise<ApiResponse> {
  const request = apiRequest("/api", { signal, replay: "safe" });
  return refusals(async () => ({
    status,
    headers: { get: () => undefined },
    body: (async function* () {})(),
    discard,
  }))(request);
}

beforeEach(() => {
  discard.mockClear();
  vi.resetModules();
});
afterEach(() => vi.doUnmock(module));

test("an answer below 300 passes", async () => {
  expect((await send(299)).status).toBe(299);
  await expect(send(300)).rejects.toMatchObject({ name: "RedirectError" });
  await expect(send(404)).rejects.toMatchObject({ name: "StatusError", reason: "NotFound" });
});

test("where what reads the answer cannot be loaded, the error still has the status", async () => {
  const lost = new Error("Failed to fetch dynamically imported module");
  vi.doMock(module, () => Promise.reject(lost));
  const error = await send(401).catch((thrown: unknown) => thrown);
  expect(isUnauthorized(error)).toBe(true);
  expect((error as StatusError).request).toEqual({ verb: "get", path: "/api" });
  expect((error as StatusError).message).toMatch(/^HTTP 401: .* could not be loaded \(get \/api\)$/);
  expect((error as StatusError).cause).toBeInstanceOf(Error);
  expect(discard).toHaveBeenCalledOnce();
});

test("an abort does not wait for it", async () => {
  vi.doMock(module, () => new Promise(() => {}));
  const controller = new AbortController();
  const answer = send(404, controller.signal);
  const reason = new Error("mine");
  setTimeout(() => controller.abort(reason), 10);
  await expect(answer).rejects.toBe(reason);
  expect(discard).toHaveBeenCalledOnce();
});
