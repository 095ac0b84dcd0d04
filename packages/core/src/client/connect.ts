import { isForbidden } from "../errors/guards.ts";
import { forwardProtocols } from "../forward/protocols.ts";
import { startSingle } from "../forward/single.ts";
import { createTunnelPool, type TunnelPool } from "../forward/tunnel-pool.ts";
import { appendQuery, queryOf } from "../request/query.ts";
import { callOptionsOf, podStreamRules } from "../request/rules/rule.ts";
import type { Deadline } from "../time/deadline.ts";
import type { PodStreamOptions } from "../types/pod-run.ts";
import type { PodConnection } from "../types/pod-connection.ts";
import type { AnyObject } from "./any-object.ts";
import type { CallContext } from "./call.ts";
import { callOf } from "./calling.ts";
import type { openPodStream } from "./load-pod-streams.ts";
import { openSocket } from "./open-socket.ts";
import { get } from "./read.ts";
import { checkPort, podPort } from "./pod-port.ts";
import type { PodPorts, PodTunnels } from "./source.ts";
import type { Target } from "./target.ts";

/** One for each connection to a cluster; what it holds ends with that. */
const pools = new WeakMap<CallContext, TunnelPool>();

/** Connects to a port of a pod. */
export async function connect(
  target: Target,
  name: string,
  port: number | string,
  options: PodStreamOptions,
  deadline: Deadline,
): Promise<PodConnection> {
  checkPort(port, "port");
  queryOf(podStreamRules, options);
  const pod = await read(target, name, port, options, deadline);
  const { context } = target;
  const pool = pools.get(context) ?? createTunnelPool(context.clock);
  pools.set(context, pool);
  const number = podPort((pod ?? {}) as PodPorts, port, "port");
  return connectTo(pool, target, { name, uid: pod?.metadata.uid }, number, options, deadline);
}

/**
 * The pod: it says what a name of a port stands for, and which pod it is, so that no tunnel to one before of its name is used. Undefined
 * where it may not be read and need not.
 */
async function read(
  target: Target,
  name: string,
  port: number | string,
  options: PodStreamOptions,
  { signal }: Deadline,
): Promise<AnyObject | undefined> {
  try {
    return await get(target, name, { ...callOptionsOf(options), signal, timeoutMs: Infinity });
  } catch (error) {
    if (typeof port === "number" && isForbidden(error)) return undefined;
    throw error;
  }
}

/** Connections to pods that have been read, over tunnels of their own. `open` is what spans a call's deadline. */
export function createPodTunnels(target: Target, open: typeof openPodStream): PodTunnels {
  const pool = createTunnelPool(target.context.clock);
  return {
    connect(pod, port, options) {
      const call = callOf({ ...target, subresource: "portforward" }, "get", pod.name);
      return open(target, options, call, (_, deadline) => connectTo(pool, target, pod, port, options, deadline));
    },
    checkPort,
    portOf: podPort,
    close: () => pool.close(),
  };
}

async function connectTo(
  pool: TunnelPool,
  target: Target,
  { name, uid }: { readonly name: string; readonly uid: string | undefined },
  port: number,
  options: PodStreamOptions,
  deadline: Deadline,
): Promise<PodConnection> {
  const { clock, closed } = target.context;
  const { impersonate, token, stallTimeoutMs } = options;
  // Whoever comes with a token of one call is looked at anew, and so is one whose pod is not known.
  const key = uid === undefined || token !== undefined ? undefined : JSON.stringify([uid, impersonate, stallTimeoutMs]);
  const asking = { port, stoppedBy: [deadline.signal, closed] };

  const open = async (): Promise<PodConnection> => {
    const query = appendQuery("", "ports", String(port));
    const offered = Object.values(forwardProtocols);
    const opened = await openSocket(target, name, { subresource: "portforward", query, offered }, options, deadline);
    const { socket, request } = opened;
    if (socket.protocol === forwardProtocols.tunnel) return pool.start(key, opened, asking);
    const single = startSingle(socket, clock, { ...asking, request });
    await single.opened;
    return single.connection;
  };

  const connection = (key === undefined ? undefined : await pool.again(key, asking)) ?? (await open());
  deadline.stopClock();
  void connection.closed.catch(() => undefined).then(deadline.end);
  return connection;
}
