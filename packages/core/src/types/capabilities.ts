import type { ApplyOf, SubresourceApplyOf } from "./apply.ts";
import type { AttachOptions } from "./attach.ts";
import type { ResourceDescriptor } from "./descriptor.ts";
import type { ExecOptions, ExecPromise } from "./exec.ts";
import type { kind } from "./marks.ts";
import type { List, Stored } from "./object.ts";
import type {
  ApplyOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  EachOptions,
  GetOptions,
  ListOptions,
  LogOptions,
  ModifyOptions,
  PatchOptions,
  UpdateOptions,
  WatchOptions,
} from "./options.ts";
import type { Patch } from "./patch.ts";
import type { PodConnection } from "./pod-connection.ts";
import type { PodRun, PodStreamOptions } from "./pod-run.ts";
import type { ProxyClient, ProxyOptions } from "./proxy.ts";
import type {
  DeleteCollectionResult,
  DeleteResult,
  PartialObjectMetadata,
  Scale,
  Table,
  WatchEvent,
} from "./results.ts";
import type { Stream } from "./stream.ts";

// In each capability `T` is the kind as written and `R` as returned. Every method can reject with a StatusError (the server
// refused), an InputError (before sending), ConnectionError, TimeoutError, RedirectError, DecodeError or LimitError.

/** What every resource client has: which resource it speaks for, and in which namespace. */
export interface ResourceView {
  /** The resource, as data. */
  readonly resource: ResourceDescriptor;
  /** Undefined for cluster-scoped resources and across all namespaces. */
  readonly namespace: string | undefined;
}

/** A client of the kind `T`. */
export interface KindView<T> extends ResourceView {
  readonly [kind]?: T;
}

/** A namespaced resource before a namespace is chosen. */
export interface Namespaced<C> extends ResourceView {
  /** The client within one namespace. Default: the connection's namespace. */
  in(namespace?: string): C;
}

/** Reads single objects. */
export interface Gets<T, R = Stored<T>> extends KindView<T> {
  /**
   * Reads one object. Rejects with a StatusError that {@link isNotFound} knows when there is none.
   *
   * @example
   * const pod = await pods.get("web-0");
   * console.log(pod.metadata.uid, pod.status.phase);
   */
  get(name: string, options?: GetOptions): Promise<R>;
}

/** Reads collections. */
export interface Lists<T, R = Stored<T>> extends KindView<T> {
  /**
   * Reads the collection, or one page of it with `limit` and `continue`. Rejects with a LimitError beyond 1 GiB; `each` reads any size.
   *
   * @example
   * const { items } = await pods.list({ labelSelector: { app: "web" } });
   * console.log(items.map((pod) => pod.metadata.name));
   */
  list(options?: ListOptions): Promise<List<R>>;
  /**
   * Reads the collection page by page (`limit`, default 500); never holds more than a page.
   *
   * @example
   * for await (const pod of pods.each({ fieldSelector: "status.phase=Failed" })) console.log(pod.metadata.name);
   */
  each(options?: EachOptions): Stream<R>;
}

/** Prints collections. */
export interface Tables extends ResourceView {
  /**
   * The collection as the server prints it: `kubectl get`'s columns.
   *
   * @example
   * const { columnDefinitions, rows } = await pods.table();
   * console.log(columnDefinitions.map((column) => column.name));
   * for (const row of rows) console.log(row.cells);
   */
  table(options?: ListOptions): Promise<Table>;
}

/** Follows changes. */
export interface Watches<T, R = Stored<T>> extends ResourceView {
  /**
   * One watch, as the server says it. It ends when the server ends it, after minutes; an ERROR event is thrown as a StatusError.
   * `break`, `return`, `throw`, `close()` and the signal each close the connection.
   *
   * @example
   * const { metadata } = await pods.list();
   * for await (const { type, object } of pods.watch({ resourceVersion: metadata.resourceVersion }))
   *   if (type !== "BOOKMARK") console.log(type, object.metadata.name, object.status.phase);
   */
  watch(options?: WatchOptions): Stream<WatchEvent<R>>;
}

/** Creates objects. */
export interface Creates<T, R = Stored<T>> extends KindView<T> {
  /**
   * Creates the object; `apiVersion`, `kind` and `metadata.namespace` are filled in when left out. Rejects with a StatusError that
   * {@link isAlreadyExists} knows when the name is taken.
   *
   * @example
   * await configMaps.create({ metadata: { name: "colors" }, data: { sky: "blue" } });
   */
  create(object: T, options?: CreateOptions): Promise<R>;
}

/** Replaces objects. */
export interface Updates<T, R = Stored<T>> extends ResourceView {
  /**
   * Replaces the object by `metadata.name`. A `metadata.resourceVersion` is needed, and an older one than the server's is a
   * conflict; `{ overwrite: true }` replaces whatever is there. Rejects with a StatusError that {@link isConflict} knows after
   * a conflict; {@link Modifies.modify} tries again by itself.
   *
   * @example
   * const colors = await configMaps.get("colors");
   * await configMaps.update({ ...colors, data: { ...colors.data, grass: "green" } });
   */
  update(object: T, options?: UpdateOptions): Promise<R>;
}

/** Changes objects by a function. */
export interface Modifies<T, R = Stored<T>> extends ResourceView {
  /**
   * Gets the object, lets `change` alter it (or return another), updates it; after a conflict starts anew from a fresh read.
   * `change` can run several times. When it changes nothing, nothing is sent.
   *
   * @example
   * await deployments.modify("web", (deployment) => {
   *   deployment.spec.replicas = 3;
   * });
   */
  modify(name: string, change: (object: R) => R | void | Promise<R | void>, options?: ModifyOptions): Promise<R>;
}

/** Changes parts of objects. */
export interface Patches<T, R = Stored<T>, P = Patch<T>> extends ResourceView {
  /**
   * Changes parts of the object: exactly one of `merge` (RFC 7386), `json` (RFC 6902) and, for built-in kinds, `strategic`
   * (https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/).
   *
   * @example
   * await deployments.patch("web", { merge: { spec: { replicas: 3 } } });
   */
  patch(name: string, patch: P, options?: PatchOptions): Promise<R>;
}

/** Applies objects on the server's side. https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
export interface Applies<T, R = Stored<T>, A = ApplyOf<T>> extends ResourceView {
  /**
   * Server-side apply: the object holds every field this manager wants to own. Fields another manager owns are a conflict unless
   * `force`. Needs a fieldManager, here or in the connection. A fetched object is refused: send only what you own.
   *
   * @example
   * await deployments.apply({ metadata: { name: "web" }, spec: { replicas: 3 } }, { fieldManager: "scaler" });
   */
  apply(object: A, options?: ApplyOptions): Promise<R>;
}

/** Deletes objects. */
export interface Deletes<T, R = Stored<T>> extends ResourceView {
  /**
   * Deletes one object; `done` says whether it is gone or waits for finalizers or its grace period.
   *
   * @example
   * const { done } = await pods.delete("web-0", { gracePeriodSeconds: 5 });
   * console.log(done ? "gone" : "going");
   */
  delete(name: string, options?: DeleteOptions): Promise<DeleteResult<R>>;
}

/** Deletes many objects in one call. */
export interface DeletesCollection<T, R = Stored<T>> extends ResourceView {
  /**
   * Deletes all objects that the selectors choose; without selectors, all of the namespace or cluster.
   *
   * @example
   * await configMaps.deleteCollection({ labelSelector: { app: "web" } });
   */
  deleteCollection(options?: DeleteCollectionOptions): Promise<DeleteCollectionResult<R>>;
}

/** Reads logs. */
export interface Logs extends ResourceView {
  /**
   * A container's log as lines, without their line ends. With `follow` it goes on until the container ends; this is one read, as the
   * server answers it: `logs()` reads many containers, and goes on where one read ends. Of a pod that is on no node yet it rejects with
   * a StatusError.
   *
   * @example
   * for await (const line of pods.log("web-0", { follow: true, tailLines: 10 })) console.log(line);
   */
  log(name: string, options?: LogOptions): Stream<string>;
}

/** Runs commands. */
export interface Execs extends ResourceView {
  /**
   * Runs a command in a container, over a WebSocket, and settles when the server has accepted it; `output()` waits for its end and gives
   * what it wrote. An exit code other than 0 is a result, no error. Sent once: a command is not run twice.
   *
   * @example
   * const { exitCode, stdout } = await pods.exec("web-0", { command: ["date"] }).output();
   * console.log(exitCode, stdout);
   */
  exec(name: string, options: ExecOptions): ExecPromise;
}

/** Joins what containers run. */
export interface Attaches extends ResourceView {
  /**
   * Joins what a container itself runs, over a WebSocket, and settles when the server has accepted it: a run, as exec's. It brings what is
   * written from then on; `log()` has what was before. The pod is read first, so it needs the right to get pods too. `exit` has the code
   * from the container's status, for which it waits up to 10 s. Leaving it leaves the container as it is.
   *
   * @example
   * const run = await pods.attach("web-0", { stderr: false });
   * for await (const bytes of run.stdout) process.stdout.write(bytes);
   * const { exitCode } = await run.exit;
   */
  attach(name: string, options?: AttachOptions): Promise<PodRun>;
}

/** Connects to ports. */
export interface Connects extends ResourceView {
  /**
   * Connects to a port of a pod, by its number or by its name in the pod, over a WebSocket, and settles when the node has taken it. The
   * node then dials the port: one that nobody listens on is an error of the connection. The pod is read first. Rejects with an
   * InputError for a name that no port of the pod has.
   *
   * @example
   * const connection = await pods.connect("db-0", 5432);
   * const writer = connection.writable.getWriter();
   * await writer.write(new TextEncoder().encode("hello"));
   */
  connect(name: string, port: number | string, options?: PodStreamOptions): Promise<PodConnection>;
}

/** Sends requests through the API server to what objects stand for. */
export interface Proxies extends ResourceView {
  /**
   * What sends requests through the API server to a service, a pod or a node, at any port of it. Nothing is sent yet.
   *
   * @throws InputError for a name, scheme or port that would reach something else
   *
   * @example
   * const answer = await services.proxy("web", { port: "http" }).request({ path: "/healthz" });
   * console.log(answer.status, await answer.text());
   */
  proxy(name: string, options?: ProxyOptions): ProxyClient;
}

/** Creates through a subresource of the named object: `eviction`, `token`, `binding`. */
export interface SubresourceCreates<T, R = T> extends ResourceView {
  /**
   * Posts `object` to the subresource of `name`; `apiVersion` and `kind` are filled in. Sent once, never retried by itself.
   *
   * @example
   * await pods.eviction.create("web-0", {});
   */
  create(name: string, object: T, options?: CreateOptions): Promise<R>;
}

/** A collection's objects reduced to their metadata: smaller, and the same for every kind. */
export interface MetadataCollection extends Lists<PartialObjectMetadata>, Watches<PartialObjectMetadata> {}

/** Objects reduced to their metadata. */
export interface MetadataClient extends Gets<PartialObjectMetadata>, MetadataCollection {}

/** A namespaced resource that can be listed and watched, before a namespace is chosen: all namespaces. `C` is its client within one. */
export interface NamespacedCollection<T, C, R = Stored<T>> extends Namespaced<C>, Lists<T, R>, Tables, Watches<T, R> {
  /**
   * The same objects, reduced to their metadata: much less to read where only names or labels matter.
   *
   * @example
   * for await (const { metadata } of pods.metadata.each()) console.log(metadata.name, metadata.labels);
   */
  readonly metadata: MetadataCollection;
}

/** A subresource that is read and written like the object itself: `status`, `scale`, `approval`, … */
export interface Subresource<T, P = Patch<T>>
  extends Gets<T>, Updates<T>, Modifies<T>, Patches<T, Stored<T>, P>, Applies<T, Stored<T>, SubresourceApplyOf<T>> {}

/** A custom resource: everything but strategic merge patch, which the API server has only for built-in kinds. */
export interface CustomResource<T>
  extends
    Gets<T>,
    Lists<T>,
    Tables,
    Watches<T>,
    Creates<T>,
    Updates<T>,
    Modifies<T>,
    Patches<T>,
    Applies<T>,
    Deletes<T>,
    DeletesCollection<T> {
  /**
   * The same objects, reduced to their metadata: much less to read where only names or labels matter.
   *
   * @example
   * for await (const { metadata } of widgets.metadata.each()) console.log(metadata.name, metadata.labels);
   */
  readonly metadata: MetadataClient;
  /** The `status` subresource: reads the object, and writes only its status. */
  readonly status: Subresource<T>;
  /** The `scale` subresource: how many replicas there should be, and are. */
  readonly scale: Subresource<Scale>;
}
