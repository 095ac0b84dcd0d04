import type { Cluster } from "@kubewright/core";
import { connect, type ConnectOptions } from "kubewright";
import { CoreV1, type PodResource } from "kubewright/core/v1";
import { afterAll, beforeAll } from "vitest";
import { type ControlPlane, startControlPlane, type StartOptions } from "../controlplane/start.ts";
import { eventually } from "../support/eventually.ts";

/** A connection, and the pods of a namespace of the file's own, which is deleted after its tests. */
export interface Held {
  readonly cluster: Cluster;
  readonly pods: PodResource;
  readonly namespace: string;
}

/** Connects as the options say; they are asked for when the tests begin. */
export function held(options: () => ConnectOptions | Promise<ConnectOptions>): Held {
  const made = {} as { cluster: Cluster; pods: PodResource; namespace: string };
  beforeAll(async () => {
    made.cluster = await connect(await options());
    const core = made.cluster.api(CoreV1);
    const { metadata } = await core.namespaces.create({ metadata: { generateName: "streams-" } });
    made.namespace = metadata.name;
    made.pods = core.pods.in(metadata.name);
    await eventually(
      () =>
        core.serviceAccounts
          .in(metadata.name)
          .get("default")
          .catch(() => undefined),
      "the namespace has its service account",
    );
  });
  afterAll(async () => {
    await made.cluster.api(CoreV1).namespaces.delete(made.namespace);
    await made.cluster.close();
  });
  return made;
}

/** A control plane of the file's own, from when its tests begin. */
export function controlPlaneOf(options: StartOptions): () => ControlPlane {
  let controlPlane: ControlPlane | undefined;
  beforeAll(async () => {
    controlPlane = await startControlPlane({ allApis: false, ...options });
  });
  afterAll(async () => {
    await controlPlane?.stop();
  });
  return () => controlPlane as ControlPlane;
}

/** Makes a pod whose containers run until the pod is deleted, and waits until they do. */
export async function runningPod(
  pods: PodResource,
  name: string,
  containers: readonly string[] = ["main"],
  annotations: Record<string, string> = {},
): Promise<void> {
  await pods.create({
    metadata: { name, annotations },
    spec: { containers: containers.map((one) => ({ name: one, image: "local" })), terminationGracePeriodSeconds: 0 },
  });
  await phaseOf(pods, name, "Running");
}

export async function phaseOf(pods: PodResource, name: string, wanted: string): Promise<void> {
  await eventually(
    async () => ((await pods.get(name)).status.phase === wanted ? true : undefined),
    `${name} is ${wanted}`,
  );
}

/** A command for a shell. */
export const shell = (script: string): { readonly command: readonly string[] } => ({ command: ["sh", "-c", script] });

export async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
