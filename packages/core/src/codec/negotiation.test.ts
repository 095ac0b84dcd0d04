import { describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { fakeBytes, fakeCodec, protobufType, speakingProtobuf } from "../../../../test/support/fake-protobuf.ts";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { widgets as widgetResource } from "../../../../test/support/widgets.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { ConfigError } from "../errors/config-errors.ts";
import type { StatusError } from "../errors/status-error.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import { retry } from "../interceptors/retry.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { Codec } from "./codec.ts";
import type { EncodingOptions } from "./encoding-options.ts";

const podResource = {
  group: "",
  version: "v1",
  plural: "pods",
  kind: "Pod",
  namespaced: true,
  subresources: {
    status: { group: "", version: "v1", kind: "Pod", verbs: ["get", "update", "patch"] },
    eviction: { group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] },
  },
} as const;

/** A client, its types left aside. */
interface Client {
  readonly metadata: Client;
  readonly status: Client;
  readonly scale: Client;
  readonly eviction: Client;
  in(namespace: string): Client;
  get(name: string, options?: object): Promise<unknown>;
  list(options?: object): Promise<unknown>;
  table(): Promise<unknown>;
  each(options?: object): AsyncIterable<unknown>;
  watch(options?: object): AsyncIterable<unknown>;
  log(name: string): AsyncIterable<unknown>;
  create(...given: unknown[]): Promise<unknown>;
  update(...given: unknown[]): Promise<unknown>;
  modify(...given: unknown[]): Promise<unknown>;
  patch(...given: unknown[]): Promise<unknown>;
  apply(...given: unknown[]): Promise<unknown>;
  delete(...given: unknown[]): Promise<unknown>;
  deleteCollection(): Promise<unknown>;
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

const pod = (spec: object = {}) => ({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec }) as const;
const podList = (...items: object[]) => ({
  kind: "PodList",
  apiVersion: "v1",
  metadata: { resourceVersion: "7" },
  items,
});
const failure = (code: number, reason: string) =>
  ({ kind: "Status", apiVersion: "v1", status: "Failure", reason, message: "no", code }) as const;

interface SetUp {
  readonly answer?: (request: ApiRequest, index: number) => Answer | Promise<Answer>;
  readonly encoding?: EncodingOptions | undefined;
  readonly load?: () => Codec | Promise<Codec>;
  /** Whether the server speaks it. */
  readonly spoken?: boolean;
}

function setUp({ answer = () => ({ json: podList() }), encoding, load, spoken = true }: SetUp = {}) {
  const recording = recordingTransport(answer);
  const warnings: string[] = [];
  const loads: number[] = [];
  const clock = createVirtualClock();
  const cluster = createCluster({
    transport: spoken ? speakingProtobuf(recording) : recording,
    clock,
    interceptors: [retry(undefined, clock)],
    protobuf: () => {
      loads.push(recording.requests.length);
      return load === undefined ? fakeCodec : load();
    },
    encoding,
    namespace: "home",
    onWarning: (text) => warnings.push(text),
  });
  return {
    cluster,
    clock,
    warnings,
    loads,
    client: (changes: object) => cluster.resource({ ...podResource, ...changes }) as unknown as Client,
    pods: cluster.resource(podResource) as unknown as Client,
    widgets: cluster.resource(widgetResource) as unknown as Client,
    accepts: () => recording.requests.map(({ headers }) => headers["accept"]?.join()),
    requests: recording.requests,
  };
}

const json = "application/json";
const both = `${protobufType},${json}`;
const partial = (kind: string): string =>
  [protobufType, json].map((type) => `${type};as=${kind};g=meta.k8s.io;v=v1`).join();

describe("what is asked for", () => {
  const ask = async (encoding?: EncodingOptions): Promise<Record<string, string | undefined>> => {
    const asked: Record<string, string | undefined> = {};
    const { pods, widgets, cluster, accepts } = setUp({
      encoding,
      answer: ({ verb, path }) =>
        verb === "watch"
          ? { body: "", headers: { "content-type": json } }
          : { json: path === "/version" ? {} : podList() },
    });
    const calls: Record<string, () => Promise<unknown>> = {
      get: () => pods.in("home").get("a"),
      "get status": () => pods.in("home").status.get("a"),
      list: () => pods.list(),
      each: () => all(pods.each()),
      watch: () => all(pods.watch()),
      "get metadata": () => pods.metadata.in("home").get("a"),
      "list metadata": () => pods.metadata.list(),
      "watch metadata": () => all(pods.metadata.watch()),
      table: () => pods.table(),
      log: () => all(pods.in("home").log("a")),
      create: () => pods.in("home").create(pod()),
      update: () => pods.in("home").update(pod(), { overwrite: true }),
      patch: () => pods.in("home").patch("a", { merge: { spec: {} } }),
      delete: () => pods.in("home").delete("a"),
      deleteCollection: () => pods.in("home").deleteCollection(),
      "custom list": () => widgets.list(),
      "custom get": () => widgets.in("home").get("a"),
      "custom watch": () => all(widgets.watch()),
      "custom list metadata": () => widgets.metadata.list(),
      version: () => cluster.version(),
      request: () => cluster.request({ path: "/api/v1/pods" }),
    };
    for (const [what, call] of Object.entries(calls)) {
      const before = accepts().length;
      await call();
      asked[what] = accepts()[before];
    }
    return asked;
  };

  const always = {
    "get status": json,
    table: `${json};as=Table;g=meta.k8s.io;v=v1`,
    log: "*/*",
    create: json,
    update: json,
    patch: json,
    delete: json,
    deleteCollection: json,
    "custom list": json,
    "custom get": json,
    "custom watch": json,
    version: json,
    request: undefined,
  };
  const collections = {
    list: both,
    each: both,
    watch: both,
    "list metadata": partial("PartialObjectMetadataList"),
    "watch metadata": partial("PartialObjectMetadata"),
    "custom list metadata": partial("PartialObjectMetadataList"),
  };
  const jsonPartial = (kind: string): string => partial(kind).split(",")[1]!;

  test("by default lists and watches, where a resource has protobuf, and metadata of every resource", async () => {
    const expected = { ...always, ...collections, get: json, "get metadata": jsonPartial("PartialObjectMetadata") };
    expect(await ask()).toEqual(expected);
    expect(await ask({})).toEqual(expected);
    expect(await ask({ write: "protobuf" })).toEqual(expected);
  });

  test("with read: protobuf, single objects too", async () => {
    expect(await ask({ read: "protobuf" })).toEqual({
      ...always,
      ...collections,
      get: both,
      "get status": both,
      "get metadata": partial("PartialObjectMetadata"),
    });
  });

  test("with read: json, none", async () => {
    expect(await ask({ read: "json" })).toEqual({
      ...always,
      get: json,
      list: json,
      each: json,
      watch: json,
      "get metadata": jsonPartial("PartialObjectMetadata"),
      "list metadata": jsonPartial("PartialObjectMetadataList"),
      "watch metadata": jsonPartial("PartialObjectMetadata"),
      "custom list metadata": jsonPartial("PartialObjectMetadataList"),
    });
  });
});

describe("reading", () => {
  test("objects, lists and refusals are what they are in JSON", async () => {
    const items = [pod({ image: "x" }), pod({ image: "y" })];
    for (const spoken of [true, false]) {
      const { pods } = setUp({
        spoken,
        encoding: { read: "protobuf" },
        answer: ({ verb, path }) => {
          if (path.endsWith("gone")) return { status: 404, json: failure(404, "NotFound") };
          if (path.endsWith("hidden")) return { json: failure(403, "Forbidden") };
          return { json: verb === "list" ? podList(...items) : items[0] };
        },
      });
      expect(await pods.in("home").get("a")).toEqual(items[0]);
      expect(await pods.list()).toEqual(podList(...items));
      expect(await rejection(pods.in("home").get("gone"))).toMatchObject({ statusCode: 404, reason: "NotFound" });
      expect(await rejection(pods.in("home").get("hidden"))).toMatchObject({ statusCode: 403, reason: "Forbidden" });
    }
  });

  test("the error of a custom resource comes in the encoding that its metadata was asked for in", async () => {
    const { widgets, accepts } = setUp({ answer: () => ({ status: 404, json: failure(404, "NotFound") }) });
    const error = await rejection(widgets.metadata.list());
    expect(error).toMatchObject({ name: "StatusError", reason: "NotFound", message: expect.stringContaining("no") });
    expect(accepts()).toEqual([partial("PartialObjectMetadataList")]);
  });

  test("web pages are refused as always", async () => {
    const answer = (): Answer => ({ body: "<html>", headers: { "content-type": "text/html" } });
    const { pods } = setUp({ answer });
    const error = await rejection(pods.list());
    expect(String(error)).toMatch(
      /^DecodeError: Undecodable: expected application.*protobuf or application\/json, but/,
    );
    expect(String(await rejection(pods.in("home").get("a")))).toContain("expected application/json, but the answer is");
  });
});

describe("loading the codec", () => {
  test("nothing loads it before something asks for protobuf", async () => {
    const { cluster, pods, widgets, loads } = setUp();
    await pods.in("home").get("a");
    await pods.table();
    await pods.in("home").create(pod());
    await widgets.list();
    await cluster.version();
    await cluster.request({ path: "/api/v1/pods", headers: { accept: protobufType } });
    expect(loads).toEqual([]);
  });

  test("it is loaded once, while the first request is on its way", async () => {
    let loaded: (codec: Codec) => void = () => {};
    let answered: (answer: Answer) => void = () => {};
    const { clock, pods, loads } = setUp({
      load: () => new Promise((resolve) => (loaded = resolve)),
      answer: (_, index) => (index === 0 ? new Promise((resolve) => (answered = resolve)) : { json: podList() }),
    });
    const lists = [pods.list(), pods.list(), pods.in("home").list()];
    await clock.settle();
    expect(loads).toHaveLength(1);
    answered({ json: podList() });
    loaded(fakeCodec);
    expect(await Promise.all(lists)).toEqual([podList(), podList(), podList()]);
    await pods.list();
    expect(loads).toHaveLength(1);
  });

  test("an answer in JSON does not wait for it, and needs none", async () => {
    for (const load of [() => new Promise<Codec>(() => {}), () => Promise.reject(new Error("no such file"))]) {
      const { pods } = setUp({ spoken: false, load });
      expect(await pods.list()).toEqual(podList());
    }
  });

  test("a failure is an error that says what to do, and the next call tries again", async () => {
    let installed = false;
    const cause = new Error("Cannot find module");
    const { pods, clock, requests } = setUp({
      load: () => (installed ? fakeCodec : Promise.reject(cause)),
      answer: ({ verb }) =>
        verb === "watch" ? { json: { type: "ADDED", object: pod() }, status: 200 } : { json: podList() },
    });
    for (const call of [() => pods.list(), () => all(pods.watch())]) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ cause });
      expect(String(error)).toBe(
        "ConfigError: Protobuf: its codec could not be loaded; check that the package @kubewright/protobuf is installed, " +
          'and that a page can fetch it, or stay with JSON: encoding: { read: "json", write: "json" }',
      );
    }
    expect(requests).toHaveLength(2);
    installed = true;
    expect(await pods.list()).toEqual(podList());
    await clock.settle();
  });

  test("what is no codec is refused", async () => {
    for (const wrong of [undefined, {}, { protobuf: fakeCodec }, Promise.resolve("codec")]) {
      const { pods } = setUp({ load: () => wrong as never });
      expect(String(await rejection(pods.list()))).toMatch(
        /^ConfigError: Protobuf: its loader must give the codec, not (undefined|an object|text); pass protobuf: \(\) => import/,
      );
    }
  });

  test("a refusal whose codec cannot be loaded keeps its status, and says why it has no words", async () => {
    const { pods } = setUp({
      load: () => Promise.reject(new Error("no such file")),
      answer: () => ({ status: 403, json: failure(403, "Forbidden") }),
    });
    const error = await rejection(pods.list());
    expect(error).toMatchObject({ statusCode: 403, reason: "Forbidden", cause: { name: "ConfigError" } });
  });

  test("the call's time and signal bound the loading too", async () => {
    const load = (): Promise<Codec> => new Promise(() => {});
    const answer = ({ verb }: ApiRequest): Answer =>
      verb === "watch" ? { json: { type: "ADDED", object: pod() } } : { json: podList() };
    const { pods, clock } = setUp({ load, answer, encoding: { write: "protobuf" } });
    const calls = [
      (signal?: AbortSignal) => pods.list({ timeoutMs: 500, signal }),
      (signal?: AbortSignal) => all(pods.watch({ timeoutMs: 500, signal })),
      (signal?: AbortSignal) => pods.in("home").create(pod(), { timeoutMs: 500, signal }),
    ];
    for (const call of calls) {
      const late = rejection(call());
      await clock.advance(600);
      expect(await late).toBeInstanceOf(TimeoutError);
      const abort = new AbortController();
      const aborted = rejection(call(abort.signal));
      await clock.settle();
      abort.abort("enough");
      expect(await aborted).toBe("enough");
    }
  });
});

describe("what the codec cannot read whole", () => {
  const newer = podList(pod(), pod({ newField: 1 }));
  const sentence = (what: string, name = "pods in v1"): string =>
    `From now on, ${name} are read as JSON: this version of Kubewright does not know ${what}, which the server sends; ` +
    "upgrade Kubewright to read them in protobuf again";

  test("is read again as JSON, and so is this resource from then on; said once", async () => {
    const { pods, accepts, warnings } = setUp({
      encoding: { read: "protobuf" },
      answer: ({ verb }) => ({ json: verb === "list" ? newer : pod({ newField: 1 }) }),
    });
    expect(await pods.list()).toEqual(newer);
    expect(accepts()).toEqual([both, json]);
    expect(await pods.in("home").get("a")).toEqual(pod({ newField: 1 }));
    expect(await pods.in("away").list()).toEqual(newer);
    await pods.in("home").status.get("a");
    expect(accepts()).toEqual([both, json, json, json, json]);
    expect(warnings).toEqual([sentence("field newField")]);
  });

  test("neither other resources nor what is shown of it alone are touched", async () => {
    const { client, pods, accepts, warnings } = setUp({
      answer: ({ path, headers }) => {
        if (headers["accept"]?.join().includes("PartialObjectMetadata")) return { json: podList({ metadata: {} }) };
        return { json: path.endsWith("pods") ? newer : podList() };
      },
    });
    const nodes = client({ plural: "nodes", namespaced: false });
    await pods.list();
    await pods.metadata.list();
    await nodes.list();
    await client({ version: "v2" }).list();
    expect(accepts()).toEqual([both, json, partial("PartialObjectMetadataList"), both, both, json]);
    expect(warnings).toEqual([sentence("field newField"), sentence("field newField", "pods in v2")]);
  });

  test("of metadata, the objects themselves are not touched", async () => {
    const { pods, widgets, accepts, warnings } = setUp({
      answer: ({ headers }) => {
        const shown = headers["accept"]?.join().includes("PartialObjectMetadata") === true;
        return { json: podList(shown ? { metadata: { newField: 1 } } : {}) };
      },
    });
    await pods.metadata.list();
    await pods.metadata.list();
    await pods.list();
    await widgets.metadata.list();
    const [first, second] = partial("PartialObjectMetadataList").split(",");
    expect(accepts()).toEqual([`${first},${second}`, second, second, both, `${first},${second}`, second]);
    expect(warnings).toEqual([
      sentence("field newField", "metadata of pods in v1"),
      sentence("field newField", "metadata of widgets in example.com/v1"),
    ]);
  });

  test("parallel lists each read again, and it is said once", async () => {
    const { pods, accepts, warnings } = setUp({ answer: () => ({ json: newer }) });
    const lists = await Promise.all([pods.list(), pods.list(), pods.in("a").list(), pods.in("b").list()]);
    for (const list of lists) expect(list).toEqual(newer);
    expect(accepts()).toHaveLength(8);
    expect(warnings).toHaveLength(1);
  });

  test("a kind, and a Status", async () => {
    const { pods, accepts, warnings } = setUp({
      answer: ({ path }) =>
        path.includes("a/pods")
          ? { json: { ...podList(pod()), kind: "newList" } }
          : { status: 403, json: { ...failure(403, "Forbidden"), details: { newField: 1 } } },
    });
    expect(await pods.in("a").list()).toMatchObject({ kind: "newList" });
    expect(warnings).toEqual([sentence("the kind newList")]);
    const other = setUp({
      answer: () => ({ status: 403, json: { ...failure(403, "Forbidden"), details: { newField: 1 } } }),
    });
    const error = await rejection(other.pods.list());
    expect(error).toMatchObject({ statusCode: 403, status: { details: { newField: 1 } } });
    expect((error as StatusError).cause).toBeUndefined();
    expect(other.accepts()).toEqual([both, json]);
    expect(accepts()).toEqual([both, json]);
  });

  test("a page is asked for again with its own token", async () => {
    const { pods, requests } = setUp({
      answer: ({ query }, index) => ({
        json: query.includes("continue=t")
          ? podList(pod({ newField: 1 }))
          : { ...podList(pod()), metadata: { continue: index === 0 ? "t" : "never" } },
      }),
    });
    expect(await all(pods.each({ limit: 1 }))).toHaveLength(2);
    const again = "limit=1&continue=t&pretty=0";
    expect(requests.map(({ query }) => query)).toEqual(["limit=1&pretty=0", again, again]);
  });

  test("406 is treated alike; of what was asked for as JSON it is the answer", async () => {
    const { pods, accepts, warnings } = setUp({
      answer: ({ headers }) =>
        headers["accept"]?.join() === json ? { json: podList() } : { status: 406, json: failure(406, "NotAcceptable") },
    });
    expect(await pods.list()).toEqual(podList());
    expect(await pods.list()).toEqual(podList());
    expect(accepts()).toEqual([both, json, json]);
    expect(warnings).toEqual([
      'From now on, pods in v1 are read as JSON: the server refuses protobuf for them (406); pass encoding: { read: "json" } to spare it the question',
    ]);
    const always = setUp({ answer: () => ({ status: 406, json: failure(406, "NotAcceptable") }) });
    expect(await rejection(always.pods.list())).toMatchObject({ statusCode: 406 });
    expect(await rejection(always.pods.in("home").get("a"))).toMatchObject({ statusCode: 406 });
    expect(always.accepts()).toEqual([both, json, json]);
  });

  test("a server that answers in protobuf where JSON alone was asked for: an error that says what is unknown", async () => {
    const { pods, accepts } = setUp({
      spoken: false,
      answer: () => ({
        body: fakeBytes(newer),
        headers: { "content-type": protobufType },
      }),
    });
    const error = await rejection(pods.list());
    expect(String(error)).toBe(
      "DecodeError: Undecodable: the server sends field newField, which this version of Kubewright does not know; " +
        "upgrade Kubewright (list /api/v1/pods)",
    );
    expect(accepts()).toEqual([both, json]);
    const create = await rejection(pods.in("home").create(pod()));
    expect(String(create)).toContain("DecodeError: Undecodable: the server sends field newField");
    expect(accepts()).toHaveLength(3);
  });

  test("beside refusals that are waited for, and an answer that breaks off", async () => {
    const { pods, clock, accepts } = setUp({
      answer: (_, index) => {
        if (index < 2) return { status: 429, headers: { "retry-after": "1" }, json: failure(429, "TooManyRequests") };
        return { json: newer };
      },
    });
    const list = pods.list();
    await clock.advance(10_000);
    expect(await list).toEqual(newer);
    expect(accepts()).toEqual([both, both, both, json]);
  });
});

describe("writing", () => {
  const written = { encoding: { write: "protobuf" }, answer: () => ({ json: pod() }) } as const;

  test("objects are sent in protobuf where that is asked for, and their kinds have it; the answer is JSON", async () => {
    const { pods, widgets, requests } = setUp({ ...written, spoken: false });
    await pods.in("home").create(pod({ image: "x" }));
    await pods.in("home").update(pod(), { overwrite: true });
    await pods.in("home").status.update(pod(), { overwrite: true });
    await pods.in("home").eviction.create("a", {});
    const proto = requests.splice(0);
    for (const { headers, body } of proto) {
      expect(headers).toMatchObject({ accept: [json], "content-type": [protobufType] });
      expect(body).toBeInstanceOf(Uint8Array);
    }
    expect(fakeCodec.decode(proto[0]!.body as Uint8Array, proto[0]!)).toEqual({
      ...pod({ image: "x" }),
      metadata: { name: "a", namespace: "home" },
    });
    await pods.in("home").patch("a", { merge: { spec: {} } });
    await pods.in("home").apply({ metadata: { name: "a" } }, { fieldManager: "me" });
    await pods.in("home").delete("a", { gracePeriodSeconds: 0 });
    await widgets.in("home").create({ metadata: { name: "a" } });
    await widgets.in("home").scale.update({ metadata: { name: "a", resourceVersion: "1" } });
    const types = requests.map(({ headers }) => headers["content-type"]?.join());
    expect(types.slice(0, 4)).toEqual(["application/merge-patch+json", "application/apply-patch+yaml", json, json]);
    for (const { body } of requests.slice(0, 4)) expect(typeof body).toBe("string");
  });

  test("what the codec does not know is sent as JSON, this body alone", async () => {
    const { pods, requests, warnings } = setUp(written);
    await pods.in("home").create(pod({ newField: 1 }));
    await pods.in("home").create(pod());
    expect(requests.map(({ headers }) => headers["content-type"]?.join())).toEqual([json, json]); // as understood
    expect(requests[0]?.body).toContain('"newField":1');
    expect(warnings).toEqual([]);
    const plain = setUp({ ...written, spoken: false });
    await plain.pods.in("home").create(pod({ newField: 1 }));
    await plain.pods.in("home").create(pod());
    expect(plain.requests.map(({ headers }) => headers["content-type"]?.join())).toEqual([json, protobufType]);
  });

  test("415 sends it as JSON, for this resource from then on", async () => {
    const { client, pods, requests } = setUp({
      ...written,
      spoken: false,
      answer: ({ headers }) =>
        headers["content-type"]?.join() === protobufType
          ? { status: 415, json: failure(415, "UnsupportedMediaType") }
          : { json: pod() },
    });
    const types = (): (string | undefined)[] =>
      requests.splice(0).map(({ headers }) => headers["content-type"]?.join());
    expect(await pods.in("home").create(pod())).toEqual(pod());
    expect(types()).toEqual([protobufType, json]);
    await pods.in("away").update({ ...pod(), metadata: { name: "a", resourceVersion: "1" } });
    await pods.in("home").eviction.create("a", {});
    expect(types()).toEqual([json, json]);
    const nodes = client({ plural: "nodes", namespaced: false });
    await nodes.create({ metadata: { name: "n" } });
    expect(types()).toEqual([protobufType, json]);
  });

  test("a 415 that JSON does not help, and one without a proposal, are the answer", async () => {
    const answer = (): Answer => ({ status: 415, json: failure(415, "UnsupportedMediaType") });
    const proposing = setUp({ ...written, answer, spoken: false });
    expect(await rejection(proposing.pods.in("home").create(pod()))).toMatchObject({ statusCode: 415 });
    expect(proposing.requests).toHaveLength(2);
    expect(await rejection(proposing.pods.in("home").patch("a", { merge: {} }))).toMatchObject({ statusCode: 415 });
    expect(proposing.requests).toHaveLength(3);
  });

  test("fieldValidation has no place beside a body in protobuf", async () => {
    const { pods, widgets, requests } = setUp(written);
    const strict = { fieldValidation: "Strict" } as const;
    for (const call of [
      () => pods.in("home").create(pod(), strict),
      () => pods.in("home").update(pod(), { ...strict, overwrite: true }),
      () => pods.in("home").modify("a", () => undefined, strict),
      () => pods.in("home").eviction.create("a", {}, strict),
    ]) {
      const error = await rejection(call());
      expect(error).toMatchObject({ name: "InputError", field: "fieldValidation" });
      expect(String(error)).toContain(
        'Invalid fieldValidation: the server does not look for unknown fields in protobuf; leave it out, or connect with encoding: { write: "json" } (',
      );
    }
    expect(requests).toEqual([]);
    await pods.in("home").patch("a", { merge: { spec: {} } }, strict);
    await widgets.in("home").create({ metadata: { name: "a" } }, strict);
    expect(requests).toHaveLength(2);
  });

  test("a codec that cannot be loaded fails before anything is sent", async () => {
    const { pods, requests } = setUp({ ...written, load: () => Promise.reject(new Error("no such file")) });
    expect(await rejection(pods.in("home").create(pod()))).toBeInstanceOf(ConfigError);
    expect(requests).toEqual([]);
  });
});

test("wrong options are refused, and say what is allowed", () => {
  const transport = recordingTransport();
  const said = (options: object): string => {
    try {
      createCluster({ transport, ...options });
    } catch (error) {
      return String(error);
    }
    return "nothing";
  };
  const protobuf = (): Codec => fakeCodec;
  expect(said({ protobuf: fakeCodec })).toBe("InputError: Invalid protobuf: it must be a function, not an object");
  expect(said({ protobuf, encoding: { read: "yaml" } })).toBe(
    'InputError: Invalid encoding.read: it must be "json" or "protobuf"',
  );
  expect(said({ protobuf, encoding: { reads: "json" } })).toBe(
    "InputError: Invalid encoding.reads: there is no such option; did you mean encoding.read?",
  );
  expect(said({ protobuf, encoding: "protobuf" })).toBe("InputError: Invalid encoding: it must be an object, not text");
  expect(said({ encoding: { write: "protobuf" } })).toBe(
    'InputError: Invalid encoding.write: it needs the codec; pass protobuf: () => import("@kubewright/protobuf").then((module) => module.protobuf)',
  );
  expect(said({ encoding: { read: "json", write: undefined } })).toBe("nothing");
});
