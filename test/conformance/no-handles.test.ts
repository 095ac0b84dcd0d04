import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startHandlerServer } from "../support/handler-server.ts";

const program = fileURLToPath(new URL("programs/close-and-end.ts", import.meta.url));

test.each(["web", "node"])("after close() of the %s transport a program ends by itself", async (kind) => {
  const server = await startHandlerServer("http", (request, reply) => {
    if (request.path === "/silent") return;
    reply.head(200);
    if (request.path === "/unending") reply.write("first");
    else reply.end("{}");
  });
  const args = ["--conditions=kubewright-source", program, kind, server.origin];
  // The server keeps its side open all the while; a program that hangs is killed, and that rejects.
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000 });
  expect(stdout.trim()).toBe("ConnectionError ConnectionError");
  await server.close();
});
