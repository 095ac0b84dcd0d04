import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "../../../../../test/support/cpu-time.ts";
import { rejection } from "../../../../../test/support/api-request.ts";
import { encode } from "../../../../../test/support/text.ts";
import { LIST_LIMIT, OBJECT_LIMIT } from "../../bytes/body.ts";
import { parseJson } from "./parse-json.ts";
import { DecodeError, LimitError } from "../../errors/body-errors.ts";
import { ConnectionError } from "../../errors/transport-errors.ts";
import { systemClock } from "../../time/clock.ts";
import type { ApiResponse } from "../../transport/transport.ts";
import { createLargeList } from "./large-list.ts";
import { createListParser, type ListHandler } from "./list-parser.ts";
import { createCodecs } from "../codecs.ts";
import { json as codec } from "./json.ts";

const codecs = createCodecs([codec], systemClock);
const request = { verb: "list", path: "/api/v1/pods" };

function* slices(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let i = 0, n = 0; i < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    yield bytes.subarray(i, i + size);
    i += size;
  }
}

function respond(chunks: Iterable<Uint8Array>, type = "application/json"): ApiResponse {
  return {
    status: 200,
    headers: { get: () => type },
    discard() {},
    body: {
      async *[Symbol.asyncIterator]() {
        yield* chunks;
      },
    },
  };
}

/** The incremental way alone, whatever the size. */
function incrementally(bytes: Uint8Array, sizes: readonly number[], runSize = 1): unknown {
  let items: unknown[] | undefined;
  const handler: ListHandler = {
    onStart() {
      items = [];
    },
    onItems(next) {
      expect(next.length).toBeGreaterThan(0);
      items?.push(...next);
    },
  };
  const parser = createListParser(request, handler, runSize);
  for (const slice of slices(bytes, sizes)) {
    const chunk = slice.slice();
    parser.push(chunk);
    chunk.fill(0); // what was taken is not looked at again
  }
  const list = parser.end() as { items?: unknown } | undefined;
  if (items && Array.isArray(list?.items)) list.items = items;
  return list;
}

const text = fc.string({ unit: fc.constantFrom("a", '"', "\\", "]", "}", ",", "{", "[", ":", "ä", "😀", "\n", " ") });
const spaces = fc.constantFrom("", "", "", " ", "\n\t ");
const key = fc.oneof(fc.constantFrom("items", "metadata", "kind", "__proto__", "i", "\\items"), text);
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("null", "true", "0", "-1.5e3", "12345678901234567890", '"items"', '"\\u0069tems"'),
    text.map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.array(tie("json"), { maxLength: 4 }), spaces)
      .map(([parts, space]) => `[${space}${parts.join(`${space},${space}`)}${space}]`),
    fields(tie("json")),
  ),
}));

function fields(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.tuple(key, value), { maxLength: 4 }), spaces)
    .map(
      ([pairs, s]) => `{${s}${pairs.map(([k, v]) => `${s}${JSON.stringify(k)}${s}:${s}${v}`).join(`${s},${s}`)}${s}}`,
    );
}

const item = fields(json);
const list = fc
  .tuple(
    fc.array(fc.tuple(key, json), { maxLength: 3 }),
    fc.constantFrom('"items"', '"items"', '"items"', '"\\u0069tems"'),
    fc.oneof(fc.array(item, { maxLength: 5 }), fc.array(json, { maxLength: 5 })),
    fc.array(fc.tuple(key, json), { maxLength: 3 }),
    spaces,
  )
  .map(([before, name, items, after, s]) => {
    const pair = ([k, v]: [string, string]): string => `${JSON.stringify(k)}${s}:${s}${v}`;
    const array = `${name}${s}:${s}[${s}${items.join(`${s},${s}`)}${s}]`;
    return `${s}{${s}${[...before.map(pair), array, ...after.map(pair)].join(`${s},`)}}${s}`;
  });

const sizes = fc.oneof(
  fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 5 }),
  fc.constant([1]),
  fc.constant([1e6]),
);

describe("the parser of large lists", () => {
  test("gives what parseJson gives for the whole, at any chunking", () => {
    fc.assert(
      fc.property(fc.oneof(list, list, item), sizes, (body, cuts) => {
        const whole = parseJson(body);
        const outcome = incrementally(encode(body), cuts);
        // As text: the same fields in the same order, __proto__ and long numbers included.
        expect(JSON.stringify(outcome)).toBe(JSON.stringify(whole));
      }),
      { numRuns: 1000 },
    );
  });

  test("accepts and refuses what JSON.parse does, for any damage", () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.constantFrom("", ",", "]", "[", "}", "{", '"', ":", "\\", "x", " "),
      fc.nat(3),
    );
    fc.assert(
      fc.property(list, sizes, damage, (body, cuts, [at, put, cut]) => {
        const place = at % (body.length + 1);
        const bytes = encode(body.slice(0, place) + put + body.slice(place + cut));
        let whole: string | undefined;
        try {
          whole = JSON.stringify(parseJson(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
        } catch {
          expect(() => incrementally(bytes, cuts)).toThrow(DecodeError);
          return;
        }
        expect(JSON.stringify(incrementally(bytes, cuts))).toBe(whole);
      }),
      { numRuns: 1000 },
    );
  });

  // Items as the API server writes them, where borders are guessed; and items that lead the guess astray.
  const metadata = fc
    .tuple(text, json)
    .map(([name, other]) => `"metadata":{"name":${JSON.stringify(name)},"x":${other}}`);
  const guessable = fc.oneof(
    metadata.map((m) => `{${m},"spec":{}}`),
    metadata.map((m) => `{${m},"spec":[{${m}},{${m}}]}`),
    metadata.map((m) => `{${m},"s":${JSON.stringify(`},{${m}}`)}}`),
    metadata.map((m) => `{ ${m} }`),
    fc.constant("{}"),
  );
  test("guessed borders never change the outcome", () => {
    fc.assert(
      fc.property(
        fc.array(guessable, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(
          "",
          ',"more":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]',
          ',"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]',
          "]",
          ",",
          "},{",
        ),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(1, 100, 1000),
        (items, tail, cuts, runSize) => {
          const body = `{"kind":"PodList","metadata":{},"items":[${items.join(",")}]${tail}}`;
          let whole: string | undefined;
          try {
            whole = JSON.stringify(parseJson(body));
          } catch {
            expect(() => incrementally(encode(body), cuts, runSize)).toThrow(DecodeError);
            return;
          }
          expect(JSON.stringify(incrementally(encode(body), cuts, runSize))).toBe(whole);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    "[,{}]",
    "[{},]",
    "[{},,{}]",
    "[,]",
    '[{"metadata":{}},]',
    '[{"metadata":{}},{"metadata":{}},]',
    '[{"metadata":{}},,{"metadata":{}}]',
    '[,{"metadata":{}},{"metadata":{}}]',
    "[{}}",
    "[{}",
  ])("items %s are refused", (items) => {
    for (const size of [1, 2, 5, 16, 17, 18, 19, 33, 1000]) {
      const bytes = encode(`{"metadata":{},"items":${items}}`);
      expect(() => incrementally(bytes, [size])).toThrow(DecodeError);
    }
  });

  test("a first item that begins unlike all others makes nothing larger than its ceiling", () => {
    let count = 0;
    const parser = createListParser(request, { onStart() {}, onItems: (items) => void (count += items.length) }, 1);
    parser.push(encode('{"items":[{"metadata":{}}'));
    const other = encode(`,{"a":"${"a".repeat(100_000)}"}`);
    for (let i = 0; i < 400; i++) parser.push(other);
    expect(count).toBeGreaterThan(390);
  });

  test("hands items on while they arrive", () => {
    const seen: unknown[] = [];
    const parser = createListParser(request, { onStart() {}, onItems: (items) => void seen.push(...items) }, 1);
    parser.push(encode('{"items":[{"a":1},{"a":2},{"a"'));
    expect(seen).toEqual([{ a: 1 }, { a: 2 }]);
    parser.push(encode(":3}]"));
    expect(seen).toHaveLength(3);
    const guessing = createListParser(request, { onStart() {}, onItems: (items) => void seen.push(...items) }, 32);
    guessing.push(encode('{"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}},{"meta'));
    expect(seen).toHaveLength(4);
  });

  test("an item has a ceiling, and so has the rest", () => {
    const part = new Uint8Array(1024 * 1024).fill(0x61);
    for (const start of ['{"items":[{"metadata":{"a":"', '{"items":[{}, {"a":"', '{"items":[],"a":"']) {
      const parser = createListParser(request, { onStart() {}, onItems() {} }, 65_536);
      expect(() => {
        parser.push(encode(start));
        for (let i = 0; i * part.length <= OBJECT_LIMIT; i++) parser.push(part);
      }).toThrow(LimitError);
    }
    const whole = encode(`{"items":[{"a":"${"a".repeat(OBJECT_LIMIT)}"},{}]}`);
    expect(() => createListParser(request, { onStart() {}, onItems() {} }, 65_536).push(whole)).toThrow(LimitError);
  });

  test("takes time in proportion to the size, also for one large item in small chunks", async () => {
    const parser = createListParser(request, { onStart() {}, onItems() {} }, 65_536);
    const chunk = encode(`"${"a".repeat(61)}",`);
    const ms = await cpuMs(() => {
      parser.push(encode('{"items":[{"metadata":{"a":['));
      for (let i = 0; i < 300_000; i++) parser.push(chunk);
      parser.push(encode('""]}}]}'));
      parser.end();
    });
    expect(ms).toBeLessThan(5000); // a quadratic one needs minutes
  });
});

const pod = (i: number): object => ({
  metadata: { name: `p${i}`, uid: crypto.randomUUID(), labels: { app: "web", x: "y".repeat(1500) } },
  spec: { containers: [{ name: "a" }, { name: "b" }] },
});
const pods = {
  kind: "PodList",
  apiVersion: "v1",
  metadata: { resourceVersion: "7" },
  items: Array.from({ length: 2000 }, (_, i) => pod(i)),
};
const largeText = `${JSON.stringify(pods)}\n`;
const large = encode(largeText);

describe("a list in JSON", () => {
  const decode = (body: string | Uint8Array, cuts = [1000]): Promise<unknown> =>
    codecs.list(respond(slices(typeof body === "string" ? encode(body) : body, cuts)), request, (value) => value);
  const fail = (body: string | Uint8Array, cuts = [1000]): Promise<unknown> => rejection(decode(body, cuts));

  test("small and large lists give what JSON.parse gives, however they are cut", async () => {
    const small = { ...pods, extra: { __proto__: null, items: [1] }, items: [pod(0)] };
    expect(await decode(JSON.stringify(small))).toEqual(JSON.parse(JSON.stringify(small)));
    expect(large.length).toBeGreaterThan(3 * 1024 * 1024);
    for (const cuts of [[1000], [65536], [1e9], [1, 100_000]]) expect(await decode(large, cuts)).toEqual(pods);
  });

  test("items may come before everything else", async () => {
    const turned = { items: pods.items, metadata: pods.metadata, apiVersion: "v1", kind: "PodList" };
    const list = await decode(JSON.stringify(turned));
    expect(list).toEqual(turned);
    expect(Object.keys(list as object)).toEqual(["items", "metadata", "apiVersion", "kind"]);
  });

  test("items null is an empty list", async () => {
    expect(await decode('{"kind":"PodList","metadata":{},"items":null}')).toEqual({
      kind: "PodList",
      metadata: {},
      items: [],
    });
  });

  test("onItem sees each item once, in order, and its result takes the place", async () => {
    for (const source of [pods, { ...pods, items: pods.items.slice(0, 3) }]) {
      const seen: unknown[] = [];
      const chunks = slices(encode(JSON.stringify(source)), [65536]);
      const list = await codecs.list(respond(chunks), request, (value) => seen.push(value));
      expect(seen).toEqual(source.items);
      expect(list.items).toEqual(source.items.map((_, i) => i + 1));
    }
  });

  test("cut anywhere, it is an error", async () => {
    for (let end = 0; end < large.length - 2; end += 200_009)
      expect(await fail(large.subarray(0, end), [65536])).toBeInstanceOf(DecodeError);
    for (let end = large.length - 60; end < large.length - 1; end++) {
      expect(await fail(large.subarray(0, end), [65536])).toBeInstanceOf(DecodeError);
    }
    const small = encode('{"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"ä"}},{}]}');
    for (let end = 0; end < small.length; end++) expect(await fail(small.subarray(0, end))).toBeInstanceOf(DecodeError);
  }, 60_000);

  test("anything after it is an error", async () => {
    for (const rest of ["x", "{}", "\0", ",", "]"]) {
      expect(await fail(encode(largeText + rest), [65536])).toBeInstanceOf(DecodeError);
    }
  });

  test.each([
    "",
    "null",
    "[]",
    "{}",
    '{"metadata":{}}',
    '{"items":[]}',
    '{"metadata":[],"items":[]}',
    '{"metadata":{},"items":{}}',
    '{"metadata":{},"items":"x"}',
    '{"metadata":{},"items":[null]}',
    '{"metadata":{},"items":[1]}',
    '{"metadata":{},"items":[[]]}',
    "<html>",
  ])("is not a list, small or large: %s", async (body) => {
    for (const padding of ["", " ".repeat(1024 * 1024)]) {
      const error = await fail(padding + body, [65536]);
      expect(error).toBeInstanceOf(DecodeError);
      expect(String(error)).toMatch(/\(list \/api\/v1\/pods\)$/);
    }
  });

  test("bytes that are not UTF-8 are an error", async () => {
    const damaged = large.slice();
    damaged[2_000_000] = 0xff;
    expect(await fail(damaged, [65536])).toBeInstanceOf(DecodeError);
  });

  test("integers beyond 2^53 stay", async () => {
    const body = JSON.stringify(pods).replaceAll('"uid":', '"n":12345678901234567890,"uid":');
    expect(JSON.stringify(await decode(body, [65536]))).toBe(body);
  });

  test("the event loop gets its turns", async () => {
    let turns = 0;
    let stop = false;
    const turn = (): void => {
      turns++;
      if (!stop) setTimeout(turn, 0);
    };
    setTimeout(turn, 0);
    const many = { ...pods, items: Array.from({ length: 20_000 }, (_, i) => pods.items[i % 2000]) };
    await decode(encode(JSON.stringify(many)), [1e9]);
    stop = true;
    // Without them, no timer would run before the end.
    expect(turns).toBeGreaterThan(0);
  });

  test("has a ceiling in all", async () => {
    // Borders are found at once, and nobody parses what is between: a GiB of bytes takes its time, not that of its objects.
    const list = createLargeList(
      request,
      () => undefined,
      () => [],
    );
    const item = '{"metadata":{"name":"a"}},';
    await list.push(encode(`{"metadata":{},"items":[${item}`));
    const chunk = encode(item.repeat(320_000));
    let sent = 0;
    const send = async (): Promise<never> => {
      for (;;) {
        sent += chunk.length;
        await list.push(chunk);
      }
    };
    await expect(send()).rejects.toThrow(LimitError);
    expect(sent).toBeGreaterThan(LIST_LIMIT - 100);
    expect(sent).toBeLessThan(LIST_LIMIT + 2 * chunk.length);
  });

  test("another content type is an error; the connection's error and an abort's reason pass through", async () => {
    await expect(codecs.list(respond([large], "text/html"), request, (value) => value)).rejects.toThrow(DecodeError);
    for (const reason of [new ConnectionError("broken"), "mine"]) {
      const chunks = (function* (): Generator<Uint8Array> {
        yield large.subarray(0, 2_000_000);
        throw reason as Error;
      })();
      await expect(codecs.list(respond(chunks), request, (value) => value)).rejects.toBe(reason);
    }
  });

  test("an error lets go of the body", async () => {
    let ended = false;
    const chunks = (function* (): Generator<Uint8Array> {
      try {
        yield encode('{"items":[');
        for (;;) yield encode('{"a":}, '.repeat(10_000));
      } finally {
        ended = true;
      }
    })();
    await expect(codecs.list(respond(chunks), request, (value) => value)).rejects.toThrow(DecodeError);
    expect(ended).toBe(true);
  });
});
