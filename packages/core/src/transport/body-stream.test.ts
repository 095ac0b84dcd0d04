import { describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { createWebTransport } from "./web-transport.ts";
import type { BodyStream } from "../types/body-stream.ts";
import { isBodyStream } from "./body-stream.ts";
import { createResends } from "./resends.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield bytes(text);
}

/** How a transport gets a body that was given by hand. */
async function sent(body: BodyStream): Promise<BodyStream> {
  const transport = recordingTransport();
  await createCluster({ transport }).request({ method: "POST", path: "/", body });
  const [request] = transport.requests;
  if (!isBodyStream(request?.body)) throw new Error("the body is no stream");
  return request.body;
}

async function read({ chunks }: BodyStream): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += new TextDecoder().decode(chunk);
  return text;
}

test("a stream reaches the transport as one, and is read once", async () => {
  const body = await sent({ length: 4, chunks: chunksOf("ab", "cd") });
  expect(body.length).toBe(4);
  expect(await read(body)).toBe("abcd");
  expect(() => body.chunks[Symbol.asyncIterator]()).toThrow("Invalid body: its chunks were read already");
});

test.each([
  [3, "its chunks are more than its length, 3 bytes"],
  [9, "its chunks are 5 bytes fewer than its length, 9 bytes"],
])("one that says %i bytes and has 4 breaks off", async (length, why) => {
  const body = await sent({ length, chunks: chunksOf("ab", "cd") });
  await expect(read(body)).rejects.toThrow(`Invalid body: ${why}`);
});

test.each([-1, 0.5, Number.NaN, undefined])("a length of %s is refused before anything is sent", async (length) => {
  const transport = recordingTransport();
  const body = { length, chunks: chunksOf("a") } as BodyStream;
  const asked = createCluster({ transport }).request({ method: "POST", path: "/", body });
  await expect(asked).rejects.toThrow("Invalid body.length: ");
  expect(transport.requests).toEqual([]);
});

describe("sending again", () => {
  test("is allowed until the stream is begun, and then for no reason at all", async () => {
    const body = await sent({ length: 2, chunks: chunksOf("ab") });
    const resends = createResends({ method: "POST", replay: "refused", body });
    expect(resends.allow("unprocessed")).toBe(true);
    await read(body);
    for (const reason of ["unprocessed", "unauthorized", "certificates", "busy"] as const)
      expect(resends.allow(reason)).toBe(false);
  });
});

test("fetch is given none", async () => {
  const cluster = createCluster({ transport: createWebTransport({ server: "https://h" }) });
  const asked = cluster.request({ method: "POST", path: "/", body: { length: 1, chunks: chunksOf("a") } });
  await expect(asked).rejects.toThrow("Invalid body: ");
});
