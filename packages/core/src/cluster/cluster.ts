import type { ClusterInfo, VersionInfo } from "./cluster-info.ts";
import type { RawRequest, RawResponse } from "../types/raw-request.ts";
import type { Discovery } from "../discovery/discovery.ts";
import type { ResourceQuery } from "../discovery/find-resource.ts";
import type { CustomResource, NamespacedCollection } from "../types/capabilities.ts";
import type { DynamicObject, DynamicResource } from "../types/dynamic.ts";
import type { client, Group, Resource, ResourceDescriptor } from "../types/descriptor.ts";
import type { ClusterObject } from "../types/marks.ts";
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
import type { BuiltInPatch } from "../types/patch.ts";
import type { DeleteResult } from "../types/results.ts";

/** A descriptor by hand, for a custom resource without generated modules. */
export interface CustomDescriptor extends ResourceDescriptor {
  readonly [client]?: undefined;
}

/** A connection to one API server. */
export interface Cluster extends AsyncDisposable {
  /** The server's address. */
  readonly server: string;
  /** The connection's namespace, which `.in()` means. */
  readonly namespace: string;
  /** The typed client of a generated group, such as `CoreV1`. */
  api<C>(group: Group<C>): C;
  /** The client of a custom resource by hand. Without `verbs` and `subresources` it can all of them, `status` and `scale` included. */
  resource<T = DynamicObject>(
    descriptor: CustomDescriptor & { readonly namespaced: true },
  ): NamespacedCollection<T, CustomResource<T>>;
  resource<T = DynamicObject>(
    descriptor: CustomDescriptor & { readonly namespaced: false },
  ): CustomResource<T & ClusterObject>;
  /** The typed client of one generated descriptor. */
  resource<C>(descriptor: Resource<C>): C;
  /**
   * The client of whatever the server calls so: by apiVersion and kind, or by a name as `kubectl get` takes it (`"deploy"`,
   * `"pods"`, `"widgets.example.com"`). Rejects with an InputError that names the nearest when there is none.
   */
  find<T = DynamicObject>(query: ResourceQuery, options?: Pick<CallOptions, "signal">): Promise<DynamicResource<T>>;
  /**
   * Reads any object by what it says of itself: apiVersion, kind, metadata.name and, where it has one, metadata.namespace; so a
   * reference is `{ apiVersion, kind, metadata: { name } }`, and an object is one too. Its resource is found by discovery, and a
   * namespace left out is the connection's. So are all of the following.
   */
  get<T extends KubernetesObject = DynamicObject>(reference: NamedObject, options?: GetOptions): Promise<Stored<T>>;
  /** Creates any object, as it is at the call. */
  create<T extends KubernetesObject>(object: T, options?: CreateOptions): Promise<Stored<T & KubernetesObject>>;
  /** Replaces any object by this one, as it is at the call; without a resourceVersion only with `overwrite: true`. */
  update<T extends KubernetesObject>(object: T, options?: UpdateOptions): Promise<Stored<T & KubernetesObject>>;
  /** Changes parts of any object: exactly one of `merge`, `json` and, for built-in kinds, `strategic`. */
  patch<T extends KubernetesObject = DynamicObject>(
    reference: NamedObject,
    patch: BuiltInPatch<DynamicObject>,
    options?: PatchOptions,
  ): Promise<Stored<T>>;
  /** Deletes any object; `done` says whether it is gone or waits for finalizers or its grace period. */
  delete<T extends KubernetesObject = DynamicObject>(
    reference: NamedObject,
    options?: DeleteOptions,
  ): Promise<DeleteResult<Stored<T>>>;
  /**
   * Deletes many, in the reverse order of {@link applyAll}: the last first, then CustomResourceDefinitions, then namespaces. What is
   * not there counts as deleted. Every object is tried; when some fail it rejects with a DeleteAllError that holds what was deleted and
   * what failed. It does not wait for what finalizers hold: `done` says so. `timeoutMs` bounds each object.
   */
  deleteAll(
    objects: Iterable<NamedObject> | PromiseLike<Iterable<NamedObject>>,
    options?: DeleteBaseOptions,
  ): Promise<DeleteResult<Stored<KubernetesObject>>[]>;
  /**
   * Server-side apply of any object; its resource is found by discovery, its namespace defaults to the connection's. A namespace on
   * an object that lives outside of them is left out with a warning, as kubectl leaves it out, and an object that is
   * being deleted is applied with a warning. Sends the object as it is at the call.
   */
  apply<T extends KubernetesObject>(object: T, options?: ApplyOptions): Promise<Stored<T & KubernetesObject>>;
  /**
   * Applies many, each as `apply` does: namespaces and CustomResourceDefinitions first. Of these, one that is being deleted is waited
   * for until it is gone and applied again, and definitions are waited for until the server serves them. Every object is tried; when
   * some fail it rejects with an ApplyAllError that holds what was applied and what failed, such as a definition whose names are
   * taken. `timeoutMs` bounds each object, each wait for one to be gone, and the wait for all definitions together. Sends the objects
   * of an array as they are at the call, and reports copies of them.
   */
  applyAll(
    objects: Iterable<KubernetesObject> | PromiseLike<Iterable<KubernetesObject>>,
    options?: ApplyOptions,
  ): Promise<Stored<KubernetesObject>[]>;
  /** What the server serves. */
  readonly discovery: Discovery;
  /** The server's version, as `kubectl version` shows it. */
  version(options?: CallOptions): Promise<VersionInfo>;
  /** Where the control plane and the cluster's own services are, as `kubectl cluster-info` shows it. */
  info(options?: CallOptions): Promise<ClusterInfo>;
  /**
   * A request by hand, through the same credentials. A refusal is a StatusError, whose `body` is all that the server sent with it:
   * what `/readyz` or a service behind the API server's proxy has to say.
   */
  request(request: RawRequest): Promise<RawResponse>;
  /** Closes every connection; calls under way fail. */
  close(): Promise<void>;
}
