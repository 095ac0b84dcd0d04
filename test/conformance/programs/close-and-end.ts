// Uses a transport in every way, closes it, and comes to its end. A handle left open would keep the process alive.
import type { ApiRequest } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport } from "@kubewright/node/transport";
import { apiRequest, bodyText } from "../../support/api-request.ts";

const [kind, server = ""] = process.argv.slice(2);
const transport = kind === "web" ? createWebTransport({ server }) : createNodeTransport({ server });
const get = (path: string, changes: Partial<ApiRequest> = {}) => transport.send(apiRequest(path, changes));

await bodyText(await get("/whole"));
(await get("/whole")).discard();
for await (const _ of (await get("/unending", { streaming: true })).body) break;
await get("/silent", { signal: AbortSignal.timeout(50) }).catch(() => undefined);
const waiting = get("/silent").catch((error: unknown) => error);
const body = (await get("/unending", { streaming: true })).body[Symbol.asyncIterator]();
await body.next();
const reading = body.next().catch((error: unknown) => error);
await get("/unending", { streaming: true }); // neither read nor discarded
await transport.close();
console.log(String(await waiting).split(":", 1)[0], String(await reading).split(":", 1)[0]);
