import type { Impersonation } from "@kubewright/core";
import type { Secret } from "./secret.ts";

/** PEM text: given, or in a file that is read again when it changes. */
export type Pem =
  | { readonly text: Secret; readonly file?: undefined }
  | { readonly file: string; readonly text?: undefined };

/** A token that a function of the user brings. */
export type TokenFunction = () => string | Promise<string>;

/** A credential plugin, as `users[].user.exec` says it. */
export interface ExecPlugin {
  readonly command: string;
  /** Some plugins take a password by argument. */
  readonly args: readonly Secret[];
  readonly env: readonly { readonly name: string; readonly value: Secret }[];
  readonly apiVersion: "client.authentication.k8s.io/v1" | "client.authentication.k8s.io/v1beta1";
  readonly interactiveMode: "Never" | "IfAvailable" | "Always";
  readonly provideClusterInfo: boolean;
  readonly installHint: string | undefined;
}

/** A login with an OpenID Connect provider, as `users[].user.auth-provider` says it. */
export interface OidcProvider {
  readonly issuerUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret | undefined;
  readonly idToken: Secret | undefined;
  readonly refreshToken: Secret | undefined;
  readonly issuerCa: Pem | undefined;
}

/** The API server and how to trust it. */
export interface ResolvedCluster {
  /** With scheme; a path is a prefix of every request. */
  readonly server: string;
  readonly ca: Pem | undefined;
  readonly tlsServerName: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
  /** May hold a password. */
  readonly proxyUrl: Secret | undefined;
  /** Whether responses may come compressed. */
  readonly compression: boolean;
  /** What the cluster tells credential plugins: the extension `client.authentication.k8s.io/exec`. */
  readonly execConfig: unknown;
}

/**
 * Who the requests come from. Several kinds are used together only where client-go does so. A new kind of credential is a new
 * field; the compiler then asks for it wherever kinds are listed (credential-kinds.ts, user-credentials.ts).
 */
export interface ResolvedUser {
  readonly token: Secret | TokenFunction | undefined;
  /** Read again within a minute; wins over `token`. */
  readonly tokenFile: string | undefined;
  readonly certificate: { readonly cert: Pem; readonly key: Pem } | undefined;
  readonly basic: { readonly username: string; readonly password: Secret } | undefined;
  readonly exec: ExecPlugin | undefined;
  readonly oidc: OidcProvider | undefined;
  readonly impersonate: Impersonation | undefined;
}

/** Everything a connection is made from, after every rule of precedence. */
export interface ResolvedConfig {
  readonly source: "options" | "kubeconfig" | "in-cluster";
  readonly namespace: string;
  readonly cluster: ResolvedCluster;
  readonly user: ResolvedUser;
  /** The chosen names of the kubeconfig, and the file that the user stands in. */
  readonly names: {
    readonly context: string | undefined;
    readonly cluster: string | undefined;
    readonly user: string | undefined;
    readonly userFile: string | undefined;
  };
}
