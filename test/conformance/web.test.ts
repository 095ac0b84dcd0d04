import { createWebTransport } from "@kubewright/core/web";
import { describeTransport } from "./transport-suite.ts";

// Node's own fetch. It speaks HTTP/1.1, and knows of the end of a body a moment before its connection is free again: requests
// that follow at once take turns on two.
describeTransport("web transport", "http", ({ server }) => createWebTransport({ server }), { connections: 2 });
