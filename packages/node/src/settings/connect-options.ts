import type { EncodingOptions, Impersonation, Interceptor, MetricsSink, RateLimit, Transport } from "@kubewright/core";
import type { TokenFunction } from "./resolved.ts";

/**
 * Which credential plugins of a kubeconfig may run, as kubectl's credentialPluginPolicy (kubectl 1.35): all, none, or those whose
 * name, path or resolved path stands in `allow`.
 */
export type ExecPolicy = "AllowAll" | "DenyAll" | { readonly allow: readonly string[] };

/**
 * Options of `connect()`. Without any it finds the cluster as kubectl does: `KUBECONFIG`, then `~/.kube/config`, then the service
 * account of the pod. `server` without `kubeconfig`, `kubeconfigText` or `context` stands alone: then no kubeconfig is read. Any
 * other field overrides that field of the kubeconfig.
 */
export interface ConnectOptions {
  /** Path of a kubeconfig file, which must exist. */
  readonly kubeconfig?: string | undefined;
  /** A kubeconfig as text, YAML or JSON. Relative files in it are relative to the working folder. */
  readonly kubeconfigText?: string | undefined;
  /** The context to use. Default: the kubeconfig's current-context. */
  readonly context?: string | undefined;
  /**
   * Only the pod's service account counts: no kubeconfig is looked for, and outside a pod it is a ConfigError. Default false: the pod
   * counts where there is no kubeconfig.
   */
  readonly inCluster?: boolean | undefined;
  /** What `.in()` means. Default: the context's or pod's namespace, else `"default"`. */
  readonly namespace?: string | undefined;

  /** The API server's address, such as `https://10.0.0.1:6443`; a path is a prefix. Beside a kubeconfig it clears tls-server-name. */
  readonly server?: string | undefined;
  /** Certificate authorities in PEM; they replace the system's. Clears insecure-skip-tls-verify of a kubeconfig. */
  readonly ca?: string | Uint8Array | undefined;
  /** The name that the server's certificate must hold. Default: the host of `server`. */
  readonly tlsServerName?: string | undefined;
  /** Trust any server. Only for trying out: anyone in between reads everything. Clears the authorities of a kubeconfig. */
  readonly insecureSkipTlsVerify?: boolean | undefined;
  /**
   * A proxy to the API server: `http://`, `https://` or `socks5://`, with `user:password@` where it asks for them. Default: the
   * kubeconfig's proxy-url, else what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say to Go programs such as kubectl.
   */
  readonly proxyUrl?: string | undefined;

  /**
   * A bearer token, or a function that brings one: called when first needed, then at most once a minute (sooner when a JWT's
   * expiry or a 401 asks for it). Replaces every credential of a kubeconfig, as `cert` and `basicAuth` do.
   */
  readonly token?: string | TokenFunction | undefined;
  /** A client certificate in PEM, with `key`. */
  readonly cert?: string | Uint8Array | undefined;
  /** The key of `cert` in PEM, without a passphrase. */
  readonly key?: string | Uint8Array | undefined;
  /** A user name and password, for servers behind a proxy that asks for them; refused over plain http. */
  readonly basicAuth?: { readonly username: string; readonly password: string } | undefined;
  /** Act as somebody else, which the server must allow. */
  readonly impersonate?: Impersonation | undefined;

  /**
   * For kubeconfigs from strangers: refuses credential plugins, auth providers, file references, proxies, plain http and skipped
   * verification in it, naming each. Default false.
   */
  readonly untrusted?: boolean | undefined;
  /** Which credential plugins may run. Default `"AllowAll"`, as kubectl. */
  readonly execPolicy?: ExecPolicy | undefined;

  /** `"auto"` (default): HTTP/2 where the server has it, as each new connection finds; `"http/1.1"`: never. Bun and Deno always have HTTP/1.1. */
  readonly protocol?: "auto" | "http/1.1" | undefined;
  /**
   * How many HTTP/1.1 requests may be under way at a time, each on a connection of its own; more wait for one, in order. Watches and
   * followed logs do not count. HTTP/2 needs no such bound. Default 64.
   */
  readonly maxConnections?: number | undefined;
  /** Whether responses may come compressed. Default: true, or as the kubeconfig's disable-compression says. */
  readonly compression?: boolean | undefined;
  /** What is read and written in protobuf, which costs the server and this process less than JSON; objects are the same either way. */
  readonly encoding?: EncodingOptions | undefined;
  /** Bounds how fast requests go out, as client-go's QPS and Burst. Default: no bound. */
  readonly rateLimit?: RateLimit | undefined;
  /** Takes measurements of every request and of credential plugins, under client-go's names. */
  readonly metrics?: MetricsSink | undefined;
  /** Makes a span of every request through OpenTelemetry, which then needs the package `@opentelemetry/api`. Default false. */
  readonly tracing?: boolean | undefined;
  /** Bound of a call in milliseconds unless the call has its own. Default 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Who owns the fields that writes set. Default: the application's name. */
  readonly fieldManager?: string | undefined;
  /** The User-Agent header. Default: `kubewright/<version> (<platform>/<arch>) <application>`. */
  readonly userAgent?: string | undefined;
  /** Around every request, the first outermost; they see the request before credentials are added. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Takes each warning once: the API server's, and the connection's own. Default: console.warn. */
  readonly onWarning?: ((warning: string) => void) | undefined;
  /** Carries the requests instead of the network, as in tests; TLS options then have no place. */
  readonly transport?: Transport | undefined;
}
