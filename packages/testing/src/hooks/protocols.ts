import { InputError } from "@kubewright/core";

/** Which subprotocols a server speaks. */
export interface Protocols {
  /** v5 is v4 in which input can end. */
  readonly v5: boolean;
  /** Whether connections to ports pass through a tunnel. */
  readonly tunnel: boolean;
}

export const newestProtocols: Protocols = { v5: true, tunnel: true };

/** Those of a version of Kubernetes: v5 is on since 1.30, the tunnel since 1.31. @throws InputError for what is no version */
export function protocolsOf(version: string): Protocols {
  const minor = /^v?1\.(\d{1,3})(?:\.|$)/.exec(version)?.[1];
  if (minor === undefined)
    throw new InputError("version", `${JSON.stringify(version)} is no version of Kubernetes; give one such as "1.29"`);
  return { v5: Number(minor) >= 30, tunnel: Number(minor) >= 31 };
}
