import { type CallOptions, type Execs, InputError, isForbidden, type ResourceView } from "@kubewright/core";

/** What is read of a pod. */
export interface PodWithFiles {
  /** What says which system its containers are for. */
  readonly spec?: {
    readonly os?: { readonly name?: string | undefined } | undefined;
    readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  };
}

/** A client of the pods of a namespace, such as `core.pods.in("shop")`: what a copy needs of them. */
export interface PodsWithFiles extends ResourceView, Execs {
  /** Reads a pod. */
  get(name: string, options?: CallOptions): Promise<PodWithFiles>;
}

/**
 * Reads the pod, and refuses one whose containers are Windows': paths and `tar` are other ones there. Where the pod may not be read,
 * nothing is known against it.
 */
export async function refuseWindows(pods: PodsWithFiles, name: string, call: CallOptions): Promise<void> {
  let pod: PodWithFiles;
  try {
    pod = await pods.get(name, call);
  } catch (error) {
    if (isForbidden(error)) return;
    throw error;
  }
  const system = pod.spec?.os?.name ?? pod.spec?.nodeSelector?.["kubernetes.io/os"];
  if (system === "windows")
    throw new InputError("name", "its containers are Windows', which cannot be copied to or from");
}
