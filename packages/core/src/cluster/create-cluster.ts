import type { Codec } from "../codec/codec.ts";
import type { EncodingOptions } from "../codec/encoding-options.ts";
import { createDiscovery } from "../discovery/discovery.ts";
import { findResource, type ResourceQuery } from "../discovery/find-resource.ts";
import { readServed } from "../discovery/read-served.ts";
import { InputError } from "../errors/input-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { shownAs } from "../inspection/shown-as.ts";
import { intercept, type Interceptor } from "../interceptors/interceptor.ts";
import type { MetricsSink } from "../interceptors/metrics.ts";
import { ownCredential } from "../interceptors/own-credential.ts";
import { refusals } from "../interceptors/refusals.ts";
import { userAgent } from "../interceptors/user-agent.ts";
import { oncePerText, warnings } from "../interceptors/warnings.ts";
import { applyAll } from "../objects/apply-all.ts";
import { applyObject, warnIfGoing } from "../objects/apply-object.ts";
import { asSent } from "../codec/json/as-sent.ts";
import { deleteAll } from "../objects/delete-all.ts";
import type { ManyObjects } from "../manifest/many-objects.ts";
import { createObject, deleteObject, getObject, patchObject, updateObject } from "../objects/object-verbs.ts";
import type { ObjectsContext } from "../objects/objects-context.ts";
import { type Clock, systemClock } from "../time/clock.ts";
import { createResendBudget } from "../transport/resends.ts";
import { milliseconds } from "../input/milliseconds.ts";
import { anObject, plainObject } from "../input/plain-object.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { queryOf } from "../request/query.ts";
import { type RulesFor, text, unsent } from "../request/rules/rule.ts";
import { manager } from "../request/rules/write-rules.ts";
import { checkDescriptor, groupOf } from "../request/descriptor.ts";
import type { Transport } from "../transport/transport.ts";
import type { DynamicResource } from "../types/dynamic.ts";
import type { Cluster } from "./cluster.ts";
import type { Group, ResourceDescriptor } from "../types/descriptor.ts";
import type { KubernetesObject, NamedObject, Stored } from "../types/object.ts";
import type {
  ApplyOptions,
  CallOptions,
  CreateOptions,
  DeleteBaseOptions,
  DeleteOptions,
  GetOptions,
  PatchOptions,
  UpdateOptions,
} from "../types/options.ts";
import type { Patch } from "../types/patch.ts";
import { type ConnectionNamespace, known } from "../client/connection-namespace.ts";
import type { CallContext } from "../client/call.ts";
import { naming } from "../client/calling.ts";
import { type ClusterInfo, readInfo, readVersion, type VersionInfo } from "./cluster-info.ts";
import { checkEncoding, encodingsOf } from "./encodings.ts";
import { rawCall, rawRequest } from "../client/raw-request.ts";
import type { RawRequest, RawResponse } from "../types/raw-request.ts";
import { ResourceClient } from "../client/resource-client.ts";

/** What a {@link Cluster} is made of. `connect()` and its siblings fill this in. */
export interface ClusterOptions {
  /** What carries the requests. */
  readonly transport: Transport;
  /** What `.in()` means. Default `"default"`. */
  readonly namespace?: string | ConnectionNamespace | undefined;
  /** Around every request, the first outermost. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Default bound of a call, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Who owns written fields unless a call says otherwise. Default: none; `apply` then needs one by call. */
  readonly fieldManager?: string | undefined;
  /** The User-Agent header; undefined where it cannot be set, as in pages. */
  readonly userAgent?: string | undefined;
  /** Takes each warning, the API server's and those of applying objects, once per text. Default: console.warn. */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** Takes measurements of what goes on over many requests, such as watches; of requests, the interceptor `metrics` does. */
  readonly metrics?: MetricsSink | undefined;
  /**
   * Brings the codec for protobuf, when a request is sent that it may have to read or write: `() =>
   * import("@kubewright/protobuf").then((module) => module.protobuf)`. Default: everything is JSON.
   */
  readonly protobuf?: (() => Codec | Promise<Codec>) | undefined;
  /** What is asked for and sent in protobuf, where that is there. */
  readonly encoding?: EncodingOptions | undefined;
  /** Behind every wait, for tests; the transport and the interceptors have their own. Default: the platform's time. */
  readonly clock?: Clock | undefined;
}

const clusterRules: RulesFor<ClusterOptions> = {
  transport: unsent(checkTransport),
  namespace: unsent(checkNamespace),
  interceptors: unsent(checkInterceptors),
  timeoutMs: unsent(milliseconds),
  fieldManager: manager,
  userAgent: text,
  onWarning: unsent(checkFunction),
  metrics: unsent(checkMetrics),
  protobuf: unsent(checkFunction),
  encoding: unsent(checkEncoding),
  clock: unsent(checkClock),
};

/** A cluster over a transport. @throws InputError for a wrong option */
export function createCluster(options: ClusterOptions): Cluster {
  queryOf(clusterRules, plainObject(options, "options"));
  checkTransport(options.transport, "transport");
  const {
    transport,
    namespace = "default",
    timeoutMs = 60_000,
    onWarning = (text: string) => console.warn(text),
    metrics,
    clock = systemClock,
  } = options;
  if (namespace === "") throw new InputError("namespace", "it is empty");
  const ofConnection =
    typeof namespace === "string" ? { known: namespace, read: () => Promise.resolve(namespace) } : namespace;
  const warn = oncePerText(onWarning);
  const { codecs, negotiation } = encodingsOf(options, clock, warn);
  const ask = intercept(transport.send, [
    ownCredential,
    userAgent(options.userAgent),
    warnings(warn),
    ...(options.interceptors ?? []),
  ]);
  const closing = new AbortController();
  const context: CallContext = {
    clock,
    metrics,
    closed: closing.signal,
    onReachable: transport.onReachable,
    codecs,
    negotiation,
    ask,
    send: refusals(codecs)(ask),
    namespace: ofConnection,
    resendBudget: createResendBudget(),
    timeoutMs,
    fieldManager: options.fieldManager,
  };
  const apis = new WeakMap<object, unknown>();
  const discovery = createDiscovery(() => readServed(context));

  /** A call whose resource discovery is asked for first. */
  const named = <T>(verb: string, make: () => Promise<T>): Promise<T> => naming(() => ({ verb, path: "/apis" }), make);
  const clientOf = (resource: ResourceDescriptor): ResourceClient => new ResourceClient({ context, resource });

  const close = (): Promise<void> => {
    closing.abort(new ConnectionError("Closed: the cluster was closed; make a new one to go on"));
    return transport.close();
  };

  const cluster = {
    get server() {
      return transport.server;
    },
    get namespace() {
      return known(ofConnection);
    },
    api<C>(group: Group<C>): C {
      const made = apis.get(group);
      if (made !== undefined) return made as C;
      const { resources } = groupOf(group);
      const api = Object.fromEntries(
        Object.entries<ResourceDescriptor>(resources).map(([name, resource]) => [name, clientOf(resource)]),
      );
      apis.set(group, api);
      return api as C;
    },
    resource: ((descriptor: ResourceDescriptor) => {
      checkDescriptor(descriptor, "descriptor");
      return clientOf(withSubresources(descriptor));
    }) as unknown as Cluster["resource"],
    discovery,
    find: <T>(query: ResourceQuery, given?: Pick<CallOptions, "signal">) =>
      named("get", async () => clientOf(await findResource(discovery, query, given)) as unknown as DynamicResource<T>),
    get: (reference: NamedObject, given?: GetOptions) =>
      named("get", () => getObject(objects, reference as KubernetesObject, given)) as never,
    create: (object: KubernetesObject, given?: CreateOptions) =>
      named("create", () => createObject(objects, object, given)) as never,
    update: (object: KubernetesObject, given?: UpdateOptions) =>
      named("update", () => updateObject(objects, object, given)) as never,
    patch: (reference: NamedObject, patch: object, given?: PatchOptions) =>
      named("patch", () =>
        patchObject(objects, reference as KubernetesObject, patch as Patch<KubernetesObject>, given),
      ) as never,
    delete: (reference: NamedObject, given?: DeleteOptions) =>
      named("delete", () => deleteObject(objects, reference as KubernetesObject, given)) as never,
    deleteAll: (many: ManyObjects, given?: DeleteBaseOptions) => named("delete", () => deleteAll(objects, many, given)),
    apply: <T extends KubernetesObject>(object: T, given?: ApplyOptions) =>
      named("apply", async () => {
        const stored = await applyObject(objects, asSent(object, "object"), given);
        warnIfGoing(stored, objects);
        return stored as Stored<T & KubernetesObject>;
      }),
    applyAll: (many: ManyObjects, given?: ApplyOptions) => named("apply", () => applyAll(objects, many, given)),
    version: (given?: CallOptions): Promise<VersionInfo> => readVersion(context, given),
    info: (given?: CallOptions): Promise<ClusterInfo> => readInfo(context, transport.server, given),
    request: (request: RawRequest): Promise<RawResponse> =>
      naming(
        () => rawCall(request),
        () => rawRequest(context, request),
      ),
    close,
    [Symbol.asyncDispose]: close,
  } satisfies Cluster;
  const objects: ObjectsContext = { cluster, clock, timeoutMs, warn };
  return shownAs(cluster, "Cluster", () => {
    const { known: namespace } = ofConnection;
    // Before the configuration is read, there is no server either.
    return namespace === undefined ? {} : { server: transport.server, namespace };
  });
}

function checkTransport(transport: unknown, field: string): void {
  const { send, close } = anObject(transport, field) as Partial<Transport>;
  checkFunction(send, `${field}.send`);
  checkFunction(close, `${field}.close`);
  // A getter may not know it before the first call, and says so to whoever asks.
  const server = Object.getOwnPropertyDescriptor(transport, "server");
  if (server?.get === undefined) text((transport as Partial<Transport>).server, `${field}.server`);
}

function checkNamespace(namespace: unknown, field: string): void {
  if (typeof namespace !== "object") text(namespace, field);
  else checkFunction((anObject(namespace, field) as Partial<ConnectionNamespace>).read, `${field}.read`);
}

function checkMetrics(sink: unknown, field: string): void {
  const { count, observe, gauge } = anObject(sink, field) as Partial<MetricsSink>;
  checkFunction(count, `${field}.count`);
  checkFunction(observe, `${field}.observe`);
  if (gauge !== undefined) checkFunction(gauge, `${field}.gauge`);
}

function checkClock(clock: unknown, field: string): void {
  const given = anObject(clock, field) as Partial<Clock>;
  for (const name of ["now", "wallNow", "after", "random"] as const) checkFunction(given[name], `${field}.${name}`);
}

function checkInterceptors(interceptors: unknown, field: string): void {
  if (!Array.isArray(interceptors)) throw new InputError(field, `it must be a list, not ${whatItIs(interceptors)}`);
  for (const [index, one] of interceptors.entries()) checkFunction(one, `${field}[${index}]`);
}

function checkFunction(value: unknown, field: string): void {
  if (typeof value !== "function") throw new InputError(field, `it must be a function, not ${whatItIs(value)}`);
}

// What a custom resource can have; a server without them answers 404.
function withSubresources(descriptor: ResourceDescriptor): ResourceDescriptor {
  if (descriptor.subresources !== undefined || descriptor.verbs !== undefined) return descriptor;
  const { group, version, kind } = descriptor;
  const verbs = ["get", "update", "patch"] as const;
  return {
    ...descriptor,
    subresources: {
      status: { group, version, kind, verbs },
      scale: { group: "autoscaling", version: "v1", kind: "Scale", verbs },
    },
  };
}
