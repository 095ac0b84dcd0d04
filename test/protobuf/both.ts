import type { Cluster, Interceptor } from "@kubewright/core";
import { connect, type ConnectOptions } from "kubewright";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { canonical } from "../support/json-arbitrary.ts";

export const protobufType = "application/vnd.kubernetes.protobuf";

/** One request and the type of its answer. */
export interface Exchanged {
  readonly verb: string;
  readonly path: string;
  /** The content type of what was sent. */
  readonly sent: string | undefined;
  readonly answered: string | undefined;
  readonly status: number;
}

/** Keeps what was exchanged. */
export interface Exchanges {
  readonly all: Exchanged[];
  readonly interceptor: Interceptor;
}

export function keepExchanges(): Exchanges {
  const all: Exchanged[] = [];
  return {
    all,
    interceptor: (next) => async (request) => {
      const response = await next(request);
      const { verb, path, headers } = request;
      const sent = headers["content-type"]?.[0];
      all.push({ verb, path, sent, answered: response.headers.get("content-type"), status: response.status });
      return response;
    },
  };
}

/** Two connections of the admin, one of which reads JSON only, the other protobuf wherever there is any. */
export interface Both {
  readonly json: Cluster;
  readonly protobuf: Cluster;
  /** What the second exchanged, and what it was warned of. */
  readonly exchanged: Exchanged[];
  readonly warnings: string[];
}

/** Opens both for the tests of a file. */
export function inBoth(options: ConnectOptions = {}): Both {
  const { all, interceptor } = keepExchanges();
  const held = { exchanged: all, warnings: [] as string[] } as { -readonly [Key in keyof Both]: Both[Key] };
  beforeAll(async () => {
    const { kubeconfig } = inject("controlPlane").admin;
    held.json = await connect({ kubeconfig, onWarning: () => {}, ...options, encoding: { read: "json" } });
    held.protobuf = await connect({
      kubeconfig,
      interceptors: [interceptor],
      onWarning: (text) => held.warnings.push(text),
      ...options,
      encoding: { read: "protobuf", write: "protobuf" },
    });
  });
  afterAll(async () => {
    await held.json.close();
    await held.protobuf.close();
  });
  return held;
}

/** All that JSON tells of a value, whatever the order of its keys. */
export function told(value: unknown): string {
  return canonical(JSON.stringify(value));
}

/** Expects both to give the same; what others changed in between is read again. */
export async function expectSame(inJson: () => Promise<unknown>, inProtobuf: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + 30_000;
  for (;;) {
    const before = await inJson();
    const found = await inProtobuf();
    const still = told(before) === told(await inJson());
    if (!still && performance.now() < end) continue;
    expect(found).toEqual(before);
    // Nothing that is undefined, and nothing that JSON does not show.
    expect(told(found)).toBe(told(before));
    return;
  }
}
