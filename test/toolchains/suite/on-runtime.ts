// The suite on Bun and Deno, the web transport on their fetch and the Node transport on their node:http; and on an older Node.
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport } from "@kubewright/node/transport";
import { describeTransport } from "../../conformance/transport-suite.ts";
import { runAll } from "./harness.ts";
import { command, connectTo } from "./remote-server.ts";

if ("bun" in process.versions || "deno" in process.versions) {
  describeTransport("web transport", "http", ({ server }) => createWebTransport({ server }), { connections: 6 });
  describeTransport("HTTP/1.1", "http", ({ server }) => createNodeTransport({ server }));
  describeTransport("HTTP/1.1 with TLS", "https", ({ server, ca }) => createNodeTransport({ server, ca }));
} else {
  // A Node that takes headers for HTTP/2 in another way; the rest is as in those where Vitest runs.
  describeTransport("HTTP/2", "h2", ({ server, ca }) => createNodeTransport({ server, ca }));
}

await connectTo(process.argv[2] ?? "");
await runAll(
  // Bun's fetch makes one slash of two at a path's beginning; no path of Kubernetes begins so.
  (name) => "bun" in process.versions && name.startsWith("web transport") && name.includes("[//a//b/"),
  (outcome) => void command({ op: "report", outcome }),
);
await command({ op: "done" });
process.exit();
