import { createNodeTransport } from "@kubewright/node/transport";

import { apiRequest, bodyText } from "./api-request.ts";

// A program that forgets to close: `origin`, `protocol` and `path` come as arguments, the authority in CA.

const [server = "", protocol, path = "/"] = process.argv.slice(2);
const transport = createNodeTransport({ server, protocol: protocol as "auto" | "http/1.1", ca: process.env["CA"] });
const response = await transport.send(apiRequest(path, { streaming: path === "/watch" }));
console.log("headers");
await bodyText(response);
console.log("end");
