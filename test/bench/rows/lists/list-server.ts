import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAuthority } from "../../../support/certificates.ts";
import type { Encoding } from "../../bench.ts";
import type { ServerOptions } from "../../contestants.ts";
import { kubeconfigFor } from "../../kubeconfig.ts";

/** The process of list-server.ts: it answers as the real API server did when it was first asked. */
export interface ListServer extends AsyncDisposable {
  readonly options: ServerOptions;
  readonly caFile: string;
  /** How many bytes of bodies it has recorded, as it sends them. */
  recorded(): Promise<Readonly<Record<Encoding, number>>>;
}

/** Starts one, which compresses bodies or does not. */
export async function startListServer(source: ServerOptions, gzip: boolean): Promise<ListServer> {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-lists-"));
  const authority = createAuthority();
  const { ca } = authority;
  const { cert, key } = authority.issue();
  authority.remove();
  const child = fork(fileURLToPath(new URL("../../list-server.ts", import.meta.url)), {
    env: {
      ...process.env,
      CERT: cert,
      KEY: key,
      SOURCE: source.server,
      CA: source.ca,
      TOKEN: source.token,
      GZIP: gzip ? "1" : "0",
    },
  });
  const exit = once(child, "exit");
  const [port] = (await once(child, "message")) as [number];
  const options = { server: `https://127.0.0.1:${port}`, ca, token: "none" };
  const kubeconfig = join(folder, "kubeconfig.json");
  const caFile = join(folder, "ca.crt");
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(options)));
  writeFileSync(caFile, ca);
  return {
    options: { ...options, kubeconfig },
    caFile,
    async recorded() {
      child.send("recorded");
      const [bytes] = (await once(child, "message")) as [Record<string, number>];
      return { json: bytes["application/json"] ?? 0, protobuf: bytes["application/vnd.kubernetes.protobuf"] ?? 0 };
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
