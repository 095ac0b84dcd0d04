import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiServer, startApiServer } from "../../packages/testing/src/index.ts";
import { buildControlPlane } from "../controlplane/build.ts";
import type { KubectlPlace } from "../controlplane/kubectl.ts";

/** Building kubectl takes minutes the first time: for hooks that wait for it, in milliseconds. */
export const kubectlBuildMs = 900_000;

/** An API server in this process, and what the real kubectl needs to use it. */
export interface KubectlGround extends AsyncDisposable {
  readonly api: ApiServer;
  readonly place: KubectlPlace;
}

/** Starts them. */
export async function startKubectlGround(): Promise<KubectlGround> {
  const binary = await buildControlPlane();
  const dir = mkdtempSync(join(tmpdir(), "kubewright-kubectl-"));
  const kubeconfig = join(dir, "kubeconfig.yaml");
  const api = await startApiServer();
  writeFileSync(kubeconfig, api.kubeconfig, { mode: 0o600 });
  return {
    api,
    place: { binary, dir, admin: { kubeconfig } },
    async [Symbol.asyncDispose]() {
      await api.close();
      rmSync(dir, { recursive: true });
    },
  };
}
