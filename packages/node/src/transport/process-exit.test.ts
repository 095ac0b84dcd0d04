import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { until } from "../../../../test/support/api-request.ts";
import { createAuthority, type TestAuthority } from "../../../../test/support/certificates.ts";

let authority: TestAuthority;
let server: Http2SecureServer;
let origin: string;

beforeAll(async () => {
  authority = createAuthority();
  server = createSecureServer({ ...authority.issue(), allowHTTP1: true }, (request, response) => {
    if (request.url === "/watch") response.writeHead(200).write(" ");
    else response.end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  authority.remove();
});

/** Runs the program that forgets to close, and collects what it says. */
function run(protocol: string, path: string): { readonly child: ChildProcess; readonly said: () => string } {
  const script = fileURLToPath(new URL("../../../../test/support/exit-script.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=kubewright-source", script, origin, protocol, path], {
    env: { ...process.env, CA: authority.ca },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

describe.each(["auto", "http/1.1"])("over %s, a program that forgets close()", (protocol) => {
  test("ends when it has nothing left to do", async () => {
    const { child, said } = run(protocol, "/x");
    const [code] = await once(child, "exit");
    expect([code, said()]).toEqual([0, expect.stringContaining("end")]);
    // Less than the life of an idle connection.
  }, 60_000);

  test("goes on while a watch is open and silent", async () => {
    const { child, said } = run(protocol, "/watch");
    await until(() => said().includes("headers"), 50_000);
    // A program with nothing left to do ends within this time.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(child.exitCode).toBeNull();
    child.kill();
    await once(child, "exit");
  }, 60_000);
});
