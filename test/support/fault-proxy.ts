import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What happens to bytes on their way, in both directions unless said otherwise. Nothing given: they pass at once. */
export interface Shape {
  /** Every byte arrives so much later. */
  readonly delayMs?: number;
  /** And up to so much later still, at random; the order stays. */
  readonly jitterMs?: number;
  /** Bytes go on in pieces of this size, each a write of its own. */
  readonly sliceBytes?: number;
  readonly bytesPerSecond?: number;
  /** A connection that begins from now on ends after so many bytes to the client. */
  readonly truncateAfterBytes?: number;
}

/** A TCP proxy in front of a server that breaks the network in the ways networks break. */
export interface FaultProxy {
  /** `https://127.0.0.1:<port>`: the server's certificate must be good for that address. */
  readonly url: string;
  readonly hostPort: string;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Connections of clients that are open now. */
  readonly open: number;
  /** From now on nothing passes, on old connections and new ones, which all stay; what comes is kept until `heal()`. */
  blackHole(): void;
  /** From now on all that comes on the connections that are open is lost, and they stay; new ones are well. */
  swallow(): void;
  /** Breaks every open connection with RST. */
  reset(): void;
  /** Ends every open connection with FIN, in both directions. */
  fin(): void;
  /** Ends only the direction to the client, with FIN; what the client sends still passes. */
  halfClose(): void;
  /** Nobody listens any more: new connections are refused, old ones go on. */
  refuse(): Promise<void>;
  shape(shape: Shape): void;
  /** New connections go to this server, as `https://host:port`. */
  switchTo(server: string): void;
  /** Undoes `blackHole`, `refuse` and `shape`. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
  /** What the server sends is thrown away. */
  deafToServer: boolean;
  /** What either side sends is, and the client does not hear of the server's end. */
  swallowed: boolean;
  toClient: number;
  readonly truncateAfter: number;
}

/** Listens on a port of its own in front of `server`, an address such as `https://127.0.0.1:6443`. */
export async function startFaultProxy(server: string): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  let target = new URL(server);
  let shape: Shape = {};
  let gate: Gate | undefined;
  let accepted = 0;
  let closing = false;

  const accept = (client: Socket): void => {
    accepted += 1;
    const port = Number(target.port);
    const upstream = connect({ host: target.hostname, port, noDelay: true, allowHalfOpen: true });
    const pair = {
      client,
      upstream,
      deafToServer: false,
      swallowed: false,
      toClient: 0,
      truncateAfter: shape.truncateAfterBytes ?? Infinity,
    };
    pairs.add(pair);
    client.setNoDelay(true);
    client
      .on("error", () => {})
      .on("close", () => {
        pairs.delete(pair);
        // A peer that is gone is not heard of through a black hole.
        void passable().then(() => upstream.destroy());
      });
    upstream.on("error", () => {}).on("close", () => void passable().then(() => pair.swallowed || client.destroy()));
    void pump(client, upstream, pair);
    void pump(upstream, client, pair);
  };

  async function passable(): Promise<void> {
    while (gate !== undefined && !closing) await gate.opened;
  }

  /** Carries one direction. Bytes in flight overtake nobody: each waits for the one before it. */
  async function pump(from: Socket, to: Socket, pair: Pair): Promise<void> {
    let last: Promise<void> = Promise.resolve();
    let due = 0;
    try {
      for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        const { delayMs = 0, jitterMs = 0 } = shape;
        due = Math.max(due, performance.now() + delayMs + jitterMs * Math.random());
        const [at, before] = [due, last];
        last = (async () => {
          await before;
          const early = at - performance.now();
          if (early > 0) await sleep(early);
          await write(chunk, to, pair);
        })();
        if (delayMs + jitterMs === 0) await last;
      }
      await last;
      await passable();
      if (!pair.swallowed) to.end();
      // A client that gave up is let go.
      else if (from === pair.client) from.destroy();
    } catch {
      // One side broke; both go, as soon as anything may pass.
      await passable();
      if (!pair.swallowed || from === pair.client) to.resetAndDestroy();
    }
  }

  async function write(chunk: Buffer, to: Socket, pair: Pair): Promise<void> {
    const toClient = to === pair.client;
    for (let at = 0; at < chunk.length;) {
      await passable();
      const { sliceBytes = Infinity, bytesPerSecond } = shape;
      const isLost = pair.swallowed || (toClient && pair.deafToServer);
      // What is lost reaches no end, so there is always room for it.
      const room = toClient && !isLost ? pair.truncateAfter - pair.toClient : Infinity;
      const burst = bytesPerSecond === undefined ? Infinity : Math.ceil(bytesPerSecond / 50);
      const piece = chunk.subarray(at, at + Math.min(sliceBytes, burst, room));
      at += piece.length;
      if (bytesPerSecond !== undefined) await sleep((piece.length / bytesPerSecond) * 1000);
      if (to.destroyed) return;
      if (pair.swallowed || (toClient && pair.deafToServer)) continue;
      if (toClient) pair.toClient += piece.length;
      const drained = to.write(piece);
      if (toClient && pair.toClient >= pair.truncateAfter) {
        finish(pair);
        return;
      }
      if (!drained) await Promise.race([once(to, "drain"), once(to, "close")]);
      if (sliceBytes !== Infinity) await new Promise(setImmediate);
    }
  }

  const finish = ({ client, upstream }: Pair): void => {
    client.end();
    upstream.destroy();
  };

  let listener = await listen(0, accept);
  const { port } = listener.address() as AddressInfo;
  const proxy: FaultProxy = {
    url: `https://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    get accepted() {
      return accepted;
    },
    get open() {
      return pairs.size;
    },
    blackHole() {
      gate ??= createGate();
    },
    swallow() {
      for (const pair of pairs) pair.swallowed = true;
    },
    reset() {
      for (const { client } of pairs) {
        // Node cannot reset what is just being ended, and would never call it closed.
        if (client.writableEnded) client.destroy();
        else client.resetAndDestroy();
      }
    },
    fin() {
      for (const pair of pairs) finish(pair);
    },
    halfClose() {
      for (const pair of pairs) {
        pair.deafToServer = true;
        pair.client.end();
      }
    },
    async refuse() {
      // Only the listening ends; `close` of a server is not over before its connections are.
      listener.close();
      await new Promise(setImmediate);
    },
    shape(next) {
      shape = next;
    },
    switchTo(next) {
      target = new URL(next);
    },
    async heal() {
      shape = {};
      gate?.open();
      gate = undefined;
      if (!listener.listening) listener = await listen(port, accept);
    },
    async close() {
      closing = true;
      gate?.open();
      listener.close();
      for (const { client, upstream } of pairs) {
        client.destroy();
        upstream.destroy();
      }
      while (pairs.size > 0) await sleep(1);
    },
  };
  return proxy;
}

function createGate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

async function listen(port: number, accept: (client: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, accept).listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}
