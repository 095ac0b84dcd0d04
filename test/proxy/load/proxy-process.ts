// The proxy under load, in a process of its own, so that its memory is its own. Arguments: a kubeconfig and a port, 0 for any.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "@kubewright/node";
import { createProxy } from "@kubewright/proxy";
import type { FromProxy } from "./messages.ts";

const [kubeconfig = "", port = "0"] = process.argv.slice(2);
const cluster = await connect({ kubeconfig });
const many = { requests: 100_000, requestsPerSecond: 100_000, streams: 100_000, subscriptions: 1_000_000 };
const proxy = createProxy({ cluster, limits: { perIdentity: many, inAll: many } });
const server = createServer(proxy).listen({ port: Number(port), host: "127.0.0.1", backlog: 2000 }, () => {
  tell({ type: "listening", port: (server.address() as AddressInfo).port });
});
process.on("message", () => tell({ type: "memory", megabytes: process.memoryUsage().rss / 2 ** 20 }));
process.on("disconnect", () => process.exit());

function tell(message: FromProxy): void {
  process.send?.(message);
}
