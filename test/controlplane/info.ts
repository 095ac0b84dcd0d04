/** Who a test can be, by bearer token. */
export interface TokenUser {
  readonly user: string;
  readonly token: string;
  /** Path of a kubeconfig for this user. */
  readonly kubeconfig: string;
}

/** Who a test can be, by client certificate. */
export interface CertificateUser {
  readonly user: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly kubeconfig: string;
}

export interface ServiceAccountUser extends TokenUser {
  readonly namespace: string;
  readonly name: string;
}

/** A further API server on the same etcd; users, tokens and CA are those of the first. */
export interface ExtraServer {
  readonly server: string;
  /** Path of a kubeconfig for the admin. */
  readonly kubeconfig: string;
}

/** The processes of a control plane; which of them there are depends on how it was started. */
export type ProcessName =
  | "etcd"
  | "kube-apiserver"
  | "kube-apiserver-second"
  | "kube-apiserver-no-watch-cache"
  | "kube-controller-manager"
  | "kube-scheduler"
  | "kubelet";

/** A running control plane: plain data, so it can be handed to workers. */
export interface ControlPlaneInfo {
  /** Everything is written below this folder, which is removed at the end. `logs/<process>.log` is worth a look after a failure. */
  readonly dir: string;
  /** Path of the program; `kubectl` is one of its commands. */
  readonly binary: string;
  /** As the server says it, such as "v1.36.3". */
  readonly version: string;
  /** `https://127.0.0.1:<port>` */
  readonly server: string;
  /** PEM file of the CA of every server. */
  readonly caFile: string;
  readonly nodeName: string;
  /** In the group system:masters. */
  readonly admin: TokenUser;
  /** Authenticated, and allowed nothing that not every authenticated user is allowed. */
  readonly noRights: TokenUser;
  /** In the group system:masters. */
  readonly clientCertificate: CertificateUser;
  /** Bound to cluster-admin; the token comes from a TokenRequest and is good for a day. */
  readonly serviceAccount: ServiceAccountUser;
  readonly secondServer?: ExtraServer;
  readonly noWatchCacheServer?: ExtraServer;
  /** Process ids by name, of what runs. */
  readonly processes: Readonly<Partial<Record<ProcessName, number>>>;
}
