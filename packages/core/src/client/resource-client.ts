import { duringCall } from "../errors/input-error.ts";
import { abortSignal } from "../input/abort-signal.ts";
import { shownAs, type ShownFields } from "../inspection/shown-as.ts";
import { optionsOf } from "../request/query.ts";
import { withTexts } from "../selectors/with-texts.ts";
import { oneByOne, type ReadyIterable } from "../stream/one-by-one.ts";
import { createStream } from "../stream/stream.ts";
import type { AttachOptions } from "../types/attach.ts";
import type { ResourceView } from "../types/capabilities.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
import type { ExecOptions, ExecPromise } from "../types/exec.ts";
import type { KubernetesObject, List } from "../types/object.ts";
import type {
  ApplyOptions,
  CallOptions,
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
} from "../types/options.ts";
import type { DeleteCollectionResult, DeleteResult, Table, WatchEvent } from "../types/results.ts";
import type { PodConnection } from "../types/pod-connection.ts";
import type { PodRun, PodStreamOptions } from "../types/pod-run.ts";
import type { ProxyClient, ProxyOptions } from "../types/proxy.ts";
import type { Stream } from "../types/stream.ts";
import type { Deadline } from "../time/deadline.ts";
import type * as PodStreams from "./pod-streams.ts";
import { calling, callOf, naming } from "./calling.ts";
import { CollectionSource } from "./collection-source.ts";
import { execPromise, openPodStream } from "./load-pod-streams.ts";
import { each, type Followed, linesOf, logs, watch } from "./follow.ts";
import { proxyClient } from "./proxy.ts";
import { get, list, table } from "./read.ts";
import { type ResourceSource, sourceKey } from "./source.ts";
import type { AnyObject } from "./any-object.ts";
import { inNamespaceOf, namespaceOf, shownOf, type Target } from "./target.ts";
import { apply, type Change, create, createFor, modify, patch, remove, removeCollection, update } from "./write.ts";

/**
 * A stream that begins at its first value, with the options of the call and the stream's own signal. Wrong options are an error of
 * the first value, as everything else that goes wrong.
 */
function followed<T, O extends CallOptions>(
  verb: keyof typeof streamed,
  target: Target,
  options: O | undefined,
  start: (own: Followed<O>) => ReadyIterable<T>,
  name?: string,
): Stream<T> {
  const shown = (): ShownFields => ({ verb, ...shownOf(target) });
  const named = <R>(make: () => R): R => {
    try {
      return make();
    } catch (error) {
      const { apiVerb, ...sub } = streamed[verb];
      throw duringCall(error, callOf({ ...target, ...sub }, apiVerb, name));
    }
  };
  let given: O;
  try {
    given = named(() => copied(options));
  } catch (error) {
    return createStream<T>(
      () => {
        throw error;
      },
      undefined,
      shown,
    );
  }
  return createStream((signal) => named(() => start({ ...given, signal })), given.signal, shown);
}

/** Opens a stream of a pod, which is a subresource of it. */
function opening<T, O extends CallOptions>(
  target: Target,
  subresource: string,
  name: string,
  options: O | undefined,
  open: (streams: typeof PodStreams, given: O, deadline: Deadline) => Promise<T>,
): Promise<T> {
  const call = callOf({ ...target, subresource }, "get", name);
  return naming(
    () => call,
    async () => {
      const given = optionsOf(options);
      return openPodStream(target, given, call, (streams, deadline) => open(streams, given, deadline));
    },
  );
}

/** What the streams call. */
const streamed = {
  each: { apiVerb: "list" },
  watch: { apiVerb: "watch" },
  log: { apiVerb: "get", subresource: "log" },
} as const;

function copied<O extends CallOptions>(options: O | undefined): O {
  const given = { ...optionsOf(options) };
  if (given.signal !== undefined) abortSignal(given.signal, "signal");
  return given;
}

/** The verbs on one named object, or on one subresource of it. */
class ObjectClient implements ResourceView {
  readonly target: Target;

  constructor(target: Target) {
    this.target = target;
  }

  get resource(): ResourceDescriptor {
    return this.target.resource;
  }

  get namespace(): string | undefined {
    return namespaceOf(this.target);
  }

  get(name: string, options?: GetOptions): Promise<AnyObject> {
    return calling(this.target, "get", name, () => get(this.target, name, optionsOf(options)));
  }

  update(object: KubernetesObject, options?: UpdateOptions): Promise<AnyObject> {
    return calling(this.target, "update", object, () => update(this.target, object, optionsOf(options)));
  }

  modify(name: string, change: Change, options?: ModifyOptions): Promise<AnyObject> {
    return calling(this.target, "update", name, () => modify(this.target, name, change, optionsOf(options)));
  }

  patch(name: string, change: object, options?: PatchOptions): Promise<AnyObject> {
    return calling(this.target, "patch", name, () => patch(this.target, name, change, optionsOf(options)));
  }

  apply(object: object, options?: ApplyOptions): Promise<AnyObject> {
    return calling(this.target, "apply", object, () => apply(this.target, object, optionsOf(options)));
  }
}

/** A subresource: reads and writes like the object's own, and creates through it. */
class SubresourceClient extends ObjectClient {
  static {
    shownAs(this.prototype, "SubresourceClient", ({ target }) => shownOf(target));
  }

  create(name: string, object: object, options?: CreateOptions): Promise<AnyObject> {
    return calling(this.target, "create", name, () => createFor(this.target, name, object, optionsOf(options)));
  }
}

/** The client of one resource, in one namespace or across all. The generated interfaces are its types; descriptors its data. */
export class ResourceClient extends ObjectClient {
  static {
    shownAs(this.prototype, "ResourceClient", ({ target }) => shownOf(target));
  }

  constructor(target: Target) {
    super(target);
    // What follows the collection reads it through this. A member with this name would keep declarations from being written.
    Object.defineProperty(this, sourceKey, { value: (): ResourceSource => new CollectionSource(this.target) });
    for (const subresource of Object.keys(target.resource.subresources ?? {})) {
      // Some are verbs of their own here; a foreign API's subresource must not hide a verb.
      if (!(subresource in this) && subresource !== "portforward")
        Object.assign(this, { [subresource]: new SubresourceClient({ ...target, subresource }) });
    }
  }

  in(given?: string): ResourceClient {
    return new ResourceClient(inNamespaceOf(this.target, given));
  }

  /** The same collection, objects reduced to their metadata. */
  get metadata(): ResourceClient {
    return new ResourceClient({ ...this.target, metadataOnly: true });
  }

  list(options?: ListOptions): Promise<List<AnyObject>> {
    return calling(this.target, "list", undefined, () => list(this.target, withTexts(optionsOf(options))));
  }

  table(options?: ListOptions): Promise<Table> {
    return calling(this.target, "list", undefined, () => table(this.target, withTexts(optionsOf(options))));
  }

  each(options?: EachOptions): Stream<AnyObject> {
    return followed("each", this.target, options, (own) => each((page) => this.list(page), own));
  }

  watch(options?: WatchOptions): Stream<WatchEvent<AnyObject>> {
    return followed("watch", this.target, options, (own) => watch(this.target, withTexts(own)));
  }

  log(name: string, options?: LogOptions): Stream<string> {
    return followed("log", this.target, options, (own) => oneByOne(linesOf(logs(this.target, name, own))), name);
  }

  exec(name: string, options: ExecOptions): ExecPromise {
    const { target } = this;
    const call = callOf({ ...target, subresource: "exec" }, "get", name);
    const start = async (): Promise<PodRun> => {
      const given = optionsOf(options);
      return openPodStream(target, given, call, ({ exec }, deadline) => exec(target, name, given, deadline));
    };
    return execPromise(
      naming(() => call, start),
      call,
    );
  }

  attach(name: string, options?: AttachOptions): Promise<PodRun> {
    const { target } = this;
    return opening(target, "attach", name, options, ({ attach }, given, deadline) =>
      attach(target, name, given, deadline),
    );
  }

  connect(name: string, port: number | string, options?: PodStreamOptions): Promise<PodConnection> {
    const { target } = this;
    return opening(target, "portforward", name, options, ({ connect }, given, deadline) =>
      connect(target, name, port, given, deadline),
    );
  }

  proxy(name: string, options?: ProxyOptions): ProxyClient {
    const { target } = this;
    try {
      return proxyClient(target, name, optionsOf(options));
    } catch (error) {
      throw duringCall(error, callOf({ ...target, subresource: "proxy" }, "proxy", name));
    }
  }

  create(object: object, options?: CreateOptions): Promise<AnyObject> {
    return calling(this.target, "create", undefined, () => create(this.target, object, optionsOf(options)));
  }

  delete(name: string, options?: DeleteOptions): Promise<DeleteResult<AnyObject>> {
    return calling(this.target, "delete", name, () => remove(this.target, name, optionsOf(options)));
  }

  deleteCollection(options?: DeleteCollectionOptions): Promise<DeleteCollectionResult<AnyObject>> {
    return calling(this.target, "deletecollection", undefined, () =>
      removeCollection(this.target, withTexts(optionsOf(options))),
    );
  }
}
