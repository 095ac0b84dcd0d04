import { call } from "../client/call.ts";
import { naming } from "../client/calling.ts";
import { acceptJson } from "../codec/json/asking.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { callRules } from "../request/rules/rule.ts";
import type { CallOptions } from "../types/options.ts";
import type { CallContext } from "../client/call.ts";
import type { RequestParts } from "../transport/request-parts.ts";

/** The server's version (`/version`). */
export interface VersionInfo {
  /** Such as `1`. */
  readonly major: string;
  /** Such as `36`; some vendors add a `+`. */
  readonly minor: string;
  /** Such as `v1.36.3`. */
  readonly gitVersion: string;
  /** The commit that the server was built from. */
  readonly gitCommit: string;
  /** `clean`, or `dirty` where the build had changes that no commit holds. */
  readonly gitTreeState: string;
  /** When it was built, RFC 3339. */
  readonly buildDate: string;
  /** The version of Go that it was built with. */
  readonly goVersion: string;
  /** The Go compiler, such as `gc`. */
  readonly compiler: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  /** From newer servers: which version this one behaves like, and down to which one it can be rolled back. */
  readonly emulationMajor?: string;
  /** The minor part of `emulationMajor`'s version. */
  readonly emulationMinor?: string;
  /** The major part of the oldest version that it can be rolled back to. */
  readonly minCompatibilityMajor?: string;
  /** The minor part of it. */
  readonly minCompatibilityMinor?: string;
}

/** Where things run, as `kubectl cluster-info` says it. */
export interface ClusterInfo {
  /** The API server's address. */
  readonly controlPlane: string;
  /** The services of kube-system labelled `kubernetes.io/cluster-service=true`, with the address that reaches them. */
  readonly services: readonly { readonly name: string; readonly url: string }[];
}

export async function readVersion(context: CallContext, given?: CallOptions): Promise<VersionInfo> {
  return (await readObject(context, "/version", "", given)) as unknown as VersionInfo;
}

export async function readInfo(context: CallContext, server: string, given?: CallOptions): Promise<ClusterInfo> {
  const labels = `labelSelector=${encodeURIComponent("kubernetes.io/cluster-service=true")}`;
  const list = await readObject(context, "/api/v1/namespaces/kube-system/services", labels, given);
  const items = (list as { items?: readonly ServiceView[] | null }).items ?? [];
  return {
    controlPlane: server,
    services: items.map((service) => ({ name: displayName(service), url: serviceUrl(service, server) })),
  };
}

function readObject(context: CallContext, path: string, query: string, given?: CallOptions): Promise<object> {
  const request: RequestParts = {
    verb: "get",
    method: "GET",
    path,
    query,
    headers: acceptJson(),
    body: undefined,
    replay: "safe",
  };
  return naming(
    () => request,
    () => {
      const options = optionsOf(given);
      queryOf(callRules, options);
      return call(context, request, options, context.codecs.object);
    },
  );
}

interface ServiceView {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly ports?: readonly { readonly name?: string; readonly port: number }[] };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
  };
}

function displayName({ metadata }: ServiceView): string {
  return metadata.labels?.["kubernetes.io/name"] || metadata.name;
}

// kubectl's rule (k8s.io/kubectl pkg/cmd/clusterinfo): the load balancer's ports if it has an address, else the API server's
// proxy, over https when the first port is named so or is 443.
function serviceUrl({ metadata, spec, status }: ServiceView, server: string): string {
  const ports = spec?.ports ?? [];
  const [ingress] = status?.loadBalancer?.ingress ?? [];
  if (ingress !== undefined) {
    const ip = ingress.ip?.includes(":") ? `[${ingress.ip}]` : ingress.ip;
    const host = ip || ingress.hostname || "";
    return ports.map(({ port }) => `${port === 443 ? "https" : "http"}://${host}:${port}`).join(" ");
  }
  const [port] = ports;
  let { name } = metadata;
  if (port?.name === "https" || port?.port === 443) name = `https:${name}:${port.name ?? ""}`;
  else if (port?.name) name = `${name}:${port.name}`;
  return `${server}/api/v1/namespaces/${metadata.namespace}/services/${name}/proxy`;
}
