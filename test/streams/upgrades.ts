import type { ApiRequest, ApiResponse, Cluster, Interceptor } from "@kubewright/core";
import type { PodResource } from "kubewright/core/v1";
import { bodyText } from "../support/api-request.ts";

// Upgrades that are asked for by hand, and what comes of them: answers and frames.

const v5 = "v5.channel.k8s.io";
const v4 = "v4.channel.k8s.io";
const tunnel = "SPDY/3.1+portforward.k8s.io";

/** An upgrade, and what is sent once it stands. */
export interface Upgrade {
  readonly pod?: string;
  readonly subresource?: string;
  readonly query: string;
  /** Undefined for a request that is none. */
  readonly offered?: readonly string[];
  readonly sent?: readonly (readonly number[])[];
}

const out = "stdout=true&stderr=true";
const sh = (script: string): string => `command=sh&command=-c&command=${encodeURIComponent(script)}`;

export const upgrades: Readonly<Record<string, Upgrade>> = {
  "no such pod": { pod: "none", query: `${sh("true")}&${out}`, offered: [v5] },
  "no such container": { query: `${sh("true")}&${out}&container=other`, offered: [v5] },
  "several containers": { pod: "two", query: `${sh("true")}&${out}`, offered: [v5] },
  "on no node": { pod: "free", query: `${sh("true")}&${out}`, offered: [v5] },
  "no stream": { query: sh("true"), offered: [v5] },
  "no upgrade": { query: `${sh("true")}&${out}` },
  "no upgrade, no such container": { query: `${sh("true")}&${out}&container=other` },
  "an unknown subprotocol": { query: `${sh("true")}&${out}`, offered: ["v9.channel.k8s.io"] },
  "attach, no such container": { subresource: "attach", query: `${out}&container=other`, offered: [v5] },
  "ports of no such pod": { pod: "none", subresource: "portforward", query: "ports=80", offered: [v4] },
  "ports on no node": { pod: "free", subresource: "portforward", query: "ports=80", offered: [v4] },
  "ports, none named": { subresource: "portforward", query: "", offered: [v4] },
  "ports that are none": { subresource: "portforward", query: "ports=x", offered: [v4] },
  "ports, an unknown subprotocol": { subresource: "portforward", query: "ports=80", offered: [v5] },
  "ports, no upgrade": { subresource: "portforward", query: "ports=80" },
  "a tunnel before v4": { subresource: "portforward", query: "ports=80", offered: [v4, tunnel] },
  "it succeeds": { query: `${sh("true")}&${out}`, offered: [v5] },
  "it fails": { query: `${sh("exit 3")}&${out}`, offered: [v5] },
  "v5 whatever the order": { query: `${sh("exit 4")}&${out}`, offered: [v4, v5] },
  v4: { query: `${sh("exit 3")}&${out}`, offered: [v4] },
  "both outputs": { query: `${sh("echo out; sleep 0.3; echo err >&2")}&${out}`, offered: [v5] },
  "one output": { query: `${sh("echo out; echo err >&2")}&stdout=true`, offered: [v5] },
  "the other output": { query: `${sh("echo out; echo err >&2")}&stderr=true`, offered: [v5] },
  "input alone": { query: `${sh("exit 5")}&stdin=true`, offered: [v5] },
  "input that ends": {
    query: `command=cat&stdin=true&${out}`,
    offered: [v5],
    sent: [
      [0, 104, 105],
      [255, 0],
    ],
  },
  "empty messages and unknown channels": {
    query: `command=cat&stdin=true&${out}`,
    offered: [v5],
    sent: [[], [0], [7, 1], [0, 104], [255, 0]],
  },
  "what ends the session": { query: `command=cat&stdin=true&${out}`, offered: [v5], sent: [[255, 0, 0]] },
};

/** What came of it: an answer, or frames. */
export interface Came {
  readonly status: number;
  readonly protocol?: string;
  readonly body?: string;
  readonly frames?: readonly string[];
}

/** Asks by hand for what a client's own methods would not, over a connection that has the interceptor. */
export interface Asking {
  readonly interceptor: Interceptor;
  ask(cluster: Cluster, namespace: string, upgrade: Upgrade): Promise<Came>;
}

export function asking(): Asking {
  let wanted: Upgrade | undefined;
  let came: Promise<Came> | undefined;
  return {
    interceptor: (next) => async (request: ApiRequest) => {
      if (wanted === undefined) return next(request);
      const asked = wanted;
      wanted = undefined;
      const response = await next({ ...request, query: asked.query, upgrade: asked.offered, streaming: true });
      came = whatCame(response, asked);
      await came;
      return {
        status: 204,
        headers: { get: () => undefined },
        body: (async function* () {})(),
        discard: () => undefined,
      };
    },
    async ask(cluster, namespace, upgrade) {
      const { pod = "one", subresource = "exec" } = upgrade;
      wanted = upgrade;
      await cluster.request({
        path: `/api/v1/namespaces/${namespace}/pods/${pod}/${subresource}`,
        replay: "never",
      });
      return came as Promise<Came>;
    },
  };
}

async function whatCame(response: ApiResponse, { sent = [] }: Upgrade): Promise<Came> {
  const { status, socket } = response;
  if (socket === undefined) return { status, body: await bodyText(response) };
  const { protocol } = socket;
  if (protocol === tunnel) {
    await socket.close();
    return { status, protocol };
  }
  const frames: string[] = [];
  const came = async (message: Uint8Array): Promise<void> => {
    frames.push(`${message[0]} ${new TextDecoder().decode(message.subarray(1))}`);
    // What is sent before the server has said that it accepts can be in time to keep it from that.
    if (frames.length === 1) for (const one of sent) await socket.send(new Uint8Array(one));
  };
  try {
    for await (const message of socket.messages) await came(message);
    frames.push(`closed ${(await socket.closed).code}`);
  } catch {
    frames.push("broken");
  }
  return { status, protocol, frames };
}

/** The pods that it is asked of; `nodeName` where nobody schedules them. */
export async function makePods(pods: PodResource, nodeName?: string): Promise<void> {
  const spec = (names: readonly string[], more: object) => ({
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    containers: names.map((name) => ({ name, image: "local" })),
    ...more,
  });
  await pods.create({ metadata: { name: "one" }, spec: spec(["main"], { nodeName }) });
  await pods.create({ metadata: { name: "two" }, spec: spec(["left", "right"], { nodeName }) });
  await pods.create({ metadata: { name: "free" }, spec: spec(["main"], { nodeSelector: { no: "where" } }) });
}
