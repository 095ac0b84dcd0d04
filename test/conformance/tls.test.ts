import { ConnectionError, type Transport } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport } from "@kubewright/node/transport";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiRequest, bodyText, rejection } from "../support/api-request.ts";
import { type CertifiedKey, createAuthority, type TestAuthority } from "../support/certificates.ts";
import { startHandlerServer } from "../support/handler-server.ts";

let authority: TestAuthority;
let other: TestAuthority;

beforeAll(() => {
  authority = createAuthority();
  other = createAuthority("Another authority");
});
afterAll(() => {
  authority.remove();
  other.remove();
});

type Create = (server: string) => Transport;
const node: Create = (server) => createNodeTransport({ server, ca: authority.ca });
const web: Create = (server) => createWebTransport({ server });

const bad: readonly (readonly [string, Create, () => CertifiedKey])[] = [
  ["Node: of another authority", node, () => other.issue()],
  ["Node: expired", node, () => authority.issue({ from: -3, to: -1 })],
  ["Node: not yet valid", node, () => authority.issue({ from: 1, to: 3 })],
  ["Node: for another name", node, () => authority.issue({ names: ["DNS:other.example"] })],
  ["Node: signed by itself", node, () => authority.selfSign()],
  ["web: of an authority that the system does not know", web, () => authority.issue()],
  ["web: signed by itself", web, () => authority.selfSign()],
];

describe.each(["https", "h2"] as const)("a certificate over %s", (protocol) => {
  test.each(bad)("%s", async (_, create, certificate) => {
    const server = await startHandlerServer(protocol, (_request, reply) => reply.end("{}"), certificate());
    const transport = create(server.origin);
    const error = await rejection(transport.send(apiRequest("/x", { headers: { authorization: ["Bearer hunter2"] } })));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ request: { verb: "get", path: "/x" } });
    expect((error as Error).cause).toBeDefined();
    expect(String(error)).toMatch(/certificate/);
    // No credential is sent to a server that is not the right one.
    expect(server.requests).toEqual([]);
    await transport.close();
    await server.close();
  });

  test("of the right authority and name is accepted", async () => {
    const server = await startHandlerServer(protocol, (_request, reply) => reply.end("{}"), authority.issue());
    const transport = node(server.origin);
    expect(await bodyText(await transport.send(apiRequest("/x")))).toBe("{}");
    await transport.close();
    await server.close();
  });
});
