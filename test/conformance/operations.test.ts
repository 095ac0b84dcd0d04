import { type ApiRequest, createCluster, InputError } from "@kubewright/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allGroups, makeCall, operations, optionsOf, proxiedTo, type TypedOperation } from "../support/operations.ts";
import { recordingTransport } from "../support/recording-transport.ts";

const groups = await allGroups();

// To attach, the pod is read first.
const spec = { containers: [{ name: "c", stdin: true }] };
const transport = recordingTransport(() => ({ json: { metadata: { resourceVersion: "1" }, items: [], spec } }));
const cluster = createCluster({ transport, userAgent: "test" });

async function requestOf(
  operation: TypedOperation,
  call: TypedOperation["calls"][number],
  where: { namespace: string; name: string; options: object },
): Promise<ApiRequest> {
  transport.requests.length = 0;
  const group = groups.get(`${operation.group}/${operation.version}`);
  if (group === undefined) throw new Error(`no module for ${operation.group}/${operation.version}`);
  // What the made-up answer holds is not the point; only the request is.
  await makeCall(cluster, group, operation, call, where).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
  });
  // The pod is read before it is attached, or connected to.
  const before = call.verb === "attach" || call.verb === "connect" ? 1 : 0;
  expect(transport.requests).toHaveLength(before + 1);
  return transport.requests[before] as ApiRequest;
}

function pathOf({ path }: TypedOperation): string {
  return path.replace("{path}", proxiedTo);
}

test("every operation of the snapshot stands in one list; the counts are pinned", () => {
  const { typed, equivalent, raw } = operations;
  expect([typed.length, equivalent.length, raw.length]).toEqual([819, 215, 87]);
  const keys = [...typed, ...equivalent, ...raw].map(({ method, path }) => `${method} ${path}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(raw.every(({ reason }) => reason.length > 20)).toBe(true);
});

describe("typed operations", () => {
  test("each call has the operation's method, path, query and content type", async () => {
    let calls = 0;
    for (const operation of operations.typed) {
      for (const call of operation.calls) {
        const options = optionsOf(operation, call);
        const request = await requestOf(operation, call, { namespace: "the-namespace", name: "the-name", options });
        const path = pathOf(operation).replace("{namespace}", "the-namespace").replace("{name}", "the-name");
        expect(`${request.method} ${request.path}`).toBe(`${operation.method} ${path}`);
        expect(request.headers["content-type"]).toEqual(
          call.contentType === undefined ? undefined : [call.contentType],
        );
        const inBody =
          operation.method === "DELETE" && call.verb !== "proxy"
            ? (JSON.parse(request.body as string) as Record<string, unknown>)
            : {};
        const query = Object.fromEntries(new URLSearchParams(request.query));
        for (const [name, value] of Object.entries({ ...options, ...call.query })) {
          if (name in inBody) expect([inBody[name]].flat()).toEqual([value]);
          else expect([name, query[name]]).toEqual([name, String(value)]);
          delete query[name];
        }
        expect(query).toEqual({});
        calls += 1;
      }
    }
    expect(calls).toBeGreaterThan(operations.typed.length);
  });

  test("a body of a create or update says apiVersion and kind as the API does", async () => {
    for (const operation of operations.typed) {
      for (const call of operation.calls) {
        if (call.verb !== "create" && call.verb !== "update" && call.verb !== "apply") continue;
        const { body } = await requestOf(operation, call, {
          namespace: "ns",
          name: "x",
          options: { fieldManager: "me" },
        });
        const { apiVersion, kind } = JSON.parse(body as string) as { apiVersion: string; kind: string };
        expect(kind).toBe(operation.kind);
        expect(apiVersion).toMatch(/^([a-z0-9.]+\/)?v\d/);
      }
    }
  });
});

test("deprecated /watch/ operations are the list's path with watch=1, which the typed watch sends", () => {
  const watched = new Set(
    operations.typed.filter(({ calls }) => calls.some(({ verb }) => verb === "watch")).map(({ path }) => path),
  );
  const got = new Set(operations.typed.filter(({ method }) => method === "GET").map(({ path }) => path));
  for (const { path, equals } of operations.equivalent) {
    expect(equals.query["watch"]).toBe("1");
    const collection = path.replace("/watch/", "/");
    if (collection.endsWith("/{name}")) {
      // The watch of one object is the collection's with a field selector.
      expect(got).toContain(collection);
      expect(watched).toContain(equals.path);
    } else {
      expect(equals.path).toBe(collection);
      expect(watched).toContain(collection);
    }
  }
});

describe("path safety", () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      "",
      ".",
      "..",
      "a/b",
      "a\\b",
      "%2e",
      "%",
      "a?b",
      "a#b",
      "\0",
      "\r\n",
      "ä",
      "😀",
      "\ud800",
      " ",
      "..%2f",
      "a;b",
      "%252e",
      "a/../../b",
    ),
    fc.string({ unit: "binary", maxLength: 12 }),
  );

  test.each([undefined, null, 5, { name: "a" }])("%j as a name is an error in every operation", async (name) => {
    for (const operation of operations.typed.filter(({ path }) => path.includes("{name}"))) {
      for (const call of operation.calls) {
        const request = requestOf(operation, call, { namespace: "ns", name: name as unknown as string, options: {} });
        await expect(request, `${call.verb} ${operation.path}`).rejects.toBeInstanceOf(InputError);
      }
    }
    expect(transport.requests).toEqual([]);
  });

  test("any name and namespace, in any operation: a typed error before sending, or exactly the intended path", async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations.typed.filter(({ path }) => path.includes("{name}"))),
        nasty,
        nasty,
        async (operation, namespace, name) => {
          const [call] = operation.calls as [TypedOperation["calls"][number]];
          let request: ApiRequest;
          try {
            request = await requestOf(operation, call, { namespace, name, options: {} });
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            expect(transport.requests).toEqual([]);
            return;
          }
          sent += 1;
          const { pathname, search, hash } = new URL(`https://host${request.path}?${request.query}`);
          expect(pathname).toBe(request.path);
          expect(hash).toBe("");
          expect(search === "" || search === `?${request.query}`).toBe(true);
          const intended = pathOf(operation)
            .split("/")
            .map((segment) => (segment === "{name}" ? name : segment === "{namespace}" ? namespace : segment));
          expect(pathname.split("/").map(decodeURIComponent)).toEqual(intended);
        },
      ),
      { numRuns: 3000 },
    );
    expect(sent).toBeGreaterThan(300);
  });

  test("any text as an option arrives as that text and as nothing else", async () => {
    const list = operations.typed.find(({ path }) => path === "/api/v1/pods") as TypedOperation;
    const log = operations.typed.find(({ path }) => path.endsWith("/log")) as TypedOperation;
    await fc.assert(
      fc.asyncProperty(nasty, async (value) => {
        for (const [operation, verb, option] of [
          [list, "list", "continue"],
          [log, "log", "container"],
        ] as const) {
          let request: ApiRequest;
          try {
            request = await requestOf(operation, { verb }, { namespace: "a", name: "b", options: { [option]: value } });
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            continue;
          }
          expect([...new URLSearchParams(request.query)]).toEqual([[option, value]]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
