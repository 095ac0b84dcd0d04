import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, inject, test } from "vitest";

const run = promisify(execFile);
const script = fileURLToPath(new URL("../support/many-gets-script.ts", import.meta.url));

// Node itself has some 20 files open; 48 leave fewer than the connections that a transport may have.
test.each([256, 48])("2,000 reads at once over HTTP/1.1 in a process that may open %i files", async (limit) => {
  const program = [process.execPath, "--conditions=kubewright-source", script, "2000"];
  const { stdout } = await run("sh", ["-c", `ulimit -n ${limit} && exec "$@"`, "sh", ...program], {
    env: { ...process.env, KUBECONFIG: inject("controlPlane").admin.kubeconfig },
  });
  expect(stdout.trim()).toBe("2000");
});
