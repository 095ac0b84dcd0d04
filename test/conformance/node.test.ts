import { createNodeTransport } from "@kubewright/node/transport";
import { describeTransport } from "./transport-suite.ts";

describeTransport("Node transport over HTTP/1.1", "http", ({ server }) => createNodeTransport({ server }));
describeTransport("Node transport over HTTP/1.1 with TLS", "https", ({ server, ca }) =>
  createNodeTransport({ server, ca }),
);
describeTransport("Node transport over HTTP/2", "h2", ({ server, ca }) => createNodeTransport({ server, ca }));
