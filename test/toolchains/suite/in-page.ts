// The suite in a page: the web transport on the browser's fetch.
import { createWebTransport } from "@kubewright/core/web";
import { describeTransport } from "../../conformance/transport-suite.ts";
import { runAll } from "./harness.ts";
import { command, connectTo } from "./remote-server.ts";

describeTransport("web transport", "http", ({ server }) => createWebTransport({ server }), {
  connections: 6,
  userAgent: "the platform's",
});

await connectTo((globalThis as unknown as { location: { origin: string } }).location.origin);
await runAll(
  // A page is not told where a redirect leads, nor that it was one: the transport says so by an error.
  (name) => name.includes("a redirect is an answer"),
  (outcome) => void command({ op: "report", outcome }),
);
await command({ op: "done" });
