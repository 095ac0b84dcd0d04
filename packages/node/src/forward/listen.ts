import { InputError } from "@kubewright/core";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** What listens on a port. */
export interface Listener {
  /** The port, also where any was asked for. */
  readonly port: number;
  /** Listens no more. */
  close(): Promise<void>;
}

/** Of this machine alone. Where the second is not there, it is not missed. */
const loopback = ["127.0.0.1", "::1"] as const;

/** How often another port is tried, where any will do and one is free on one address only. */
const tries = 20;

/** Listens on the address, or on both of this machine alone; `accept` gets connections of which nothing is read yet. @throws InputError where it cannot */
export async function listen(
  address: string | undefined,
  port: number,
  field: string,
  accept: (socket: Socket) => void,
  failed: (error: unknown) => void,
): Promise<Listener> {
  const [first, second] = address === undefined ? loopback : [address];
  for (let left = tries; ; left--) {
    const servers: Server[] = [];
    const close = async (): Promise<void> => {
      await Promise.all(servers.map((server) => closed(server)));
    };
    try {
      const server = await open(first, port, accept);
      servers.push(server);
      const found = (server.address() as AddressInfo).port;
      if (second !== undefined) {
        const other = await open(second, found, accept).catch(unlessMissing);
        if (other !== undefined) servers.push(other);
      }
      for (const one of servers) one.on("error", failed);
      return { port: found, close };
    } catch (error) {
      await close();
      if (port === 0 && codeOf(error) === "EADDRINUSE" && left > 0) continue;
      throw new InputError(field, whyNot(error, address ?? "this machine", port), { cause: error });
    }
  }
}

async function open(host: string, port: number, accept: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, accept);
  server.listen({ host, port });
  await once(server, "listening");
  return server;
}

/** A server whose connections others end. */
async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}

function unlessMissing(error: unknown): undefined {
  if (!["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"].includes(codeOf(error) ?? "")) throw error;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function whyNot(error: unknown, address: string, port: number): string {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `port ${port} of ${address} is in use; choose another, or 0 for any that is free`;
    case "EACCES":
      return `port ${port} of ${address} may not be listened on by this user; choose one from 1024 on`;
    case "EADDRNOTAVAIL":
      return `this machine does not have the address ${address}`;
    default:
      return `port ${port} of ${address} cannot be listened on: ${(error as Error).message}`;
  }
}
