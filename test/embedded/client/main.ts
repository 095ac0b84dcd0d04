import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubeconfigText } from "../../../packages/testing/src/node/kubeconfig.ts";
import { startApiServer } from "../../../packages/testing/src/index.ts";
import { buildControlPlane } from "../../controlplane/build.ts";
import type { ControlPlaneInfo, TokenUser } from "../../controlplane/info.ts";
import { forwardLocally } from "./local-ports.ts";
import { runLocally } from "./local-processes.ts";

// Starts the API server with the users of a control plane, and says of itself what one does, as a line of JSON. It has no processes, no
// further servers, and knows nobody by certificate. Pods of test/streams run as processes of this machine. It ends when its standard input does.
const tokens = {
  admin: "embedded-admin-token",
  noRights: "embedded-no-rights-token",
  account: "embedded-account-token",
};
const api = await startApiServer({
  apis: "all",
  users: {
    [tokens.admin]: { name: "admin", groups: ["system:masters"] },
    [tokens.noRights]: { name: "no-rights" },
    [tokens.account]: { name: "system:serviceaccount:default:none", groups: ["system:serviceaccounts"] },
  },
  // The account of test/faults/service-account.ts has a role there.
  authorize: ({ user: { name, groups = [] } }) => groups.includes("system:masters") || name.endsWith(":reader"),
});
const { url, ca } = api;
const binary = await buildControlPlane();
const endProcesses = runLocally({ api, cluster: await api.connect(), binary });
forwardLocally(api);
const dir = mkdtempSync(join(tmpdir(), "kubewright-embedded-"));
const info: ControlPlaneInfo = {
  dir,
  binary,
  version: "v1.36.3",
  server: url,
  caFile: write("ca.crt", ca),
  nodeName: "none",
  admin: user("admin", tokens.admin),
  noRights: user("no-rights", tokens.noRights),
  clientCertificate: { user: "nobody", certFile: "none", keyFile: "none", kubeconfig: "none" },
  serviceAccount: { ...user("service-account", tokens.account), namespace: "default", name: "none" },
  processes: {},
};
console.log(JSON.stringify(info));
await once(process.stdin.resume(), "end");
await api.close();
endProcesses();
rmSync(dir, { recursive: true });

function write(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
}

function user(name: string, token: string): TokenUser {
  return { user: name, token, kubeconfig: write(`${name}.kubeconfig`, kubeconfigText({ url, ca, token })) };
}
