import { InputError } from "../errors/input-error.ts";
import { abortSignal } from "../input/abort-signal.ts";
import { shownAs, type ShownFields } from "../inspection/shown-as.ts";
import { optionsOf } from "../request/query.ts";
import { apiVersionOf, lateNamespace } from "../request/path.ts";
import { asText } from "../request/text.ts";
import { withTexts } from "../selectors/with-texts.ts";
import { createStream } from "../stream/stream.ts";
import type { ResourceView } from "../types/capabilities.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
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
import type { Stream } from "../types/stream.ts";
import { known } from "./connection-namespace.ts";
import { each, type Followed, log, watch } from "./follow.ts";
import { get, list, table } from "./read.ts";
import type { AnyObject, Target } from "./target.ts";
import { apply, type Change, create, createFor, modify, patch, remove, removeCollection, update } from "./write.ts";

/**
 * A stream that begins at its first value, with the options of the call and the stream's own signal. Wrong options are an error of
 * the first value, as everything else that goes wrong.
 */
function followed<T, O extends CallOptions>(
  verb: string,
  target: Target,
  options: O | undefined,
  start: (own: Followed<O>) => AsyncIterable<T>,
): Stream<T> {
  const shown = (): ShownFields => ({ verb, ...fieldsOf({ target }) });
  let given: O;
  try {
    given = { ...optionsOf(options) };
    if (given.signal !== undefined) abortSignal(given.signal, "signal");
  } catch (error) {
    return createStream<T>(
      () => {
        throw error;
      },
      undefined,
      shown,
    );
  }
  return createStream((signal) => start({ ...given, signal }), given.signal, shown);
}

/** What is shown of a client. */
function fieldsOf({ target }: { readonly target: Target }): ShownFields {
  const { context, resource, subresource, metadataOnly } = target;
  const namespace = target.namespace === lateNamespace ? context.namespace.known : target.namespace;
  return { apiVersion: apiVersionOf(resource), plural: resource.plural, subresource, namespace, metadataOnly };
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
    const { context, namespace } = this.target;
    return namespace === lateNamespace ? known(context.namespace) : namespace;
  }

  async get(name: string, options?: GetOptions): Promise<AnyObject> {
    return get(this.target, name, optionsOf(options));
  }

  async update(object: KubernetesObject, options?: UpdateOptions): Promise<AnyObject> {
    return update(this.target, object, optionsOf(options));
  }

  async modify(name: string, change: Change, options?: ModifyOptions): Promise<AnyObject> {
    return modify(this.target, name, change, optionsOf(options));
  }

  async patch(name: string, change: object, options?: PatchOptions): Promise<AnyObject> {
    return patch(this.target, name, change, optionsOf(options));
  }

  async apply(object: object, options?: ApplyOptions): Promise<AnyObject> {
    return apply(this.target, object, optionsOf(options));
  }
}

/** A subresource: reads and writes like the object's own, and creates through it. */
class SubresourceClient extends ObjectClient {
  static {
    shownAs(this.prototype, "SubresourceClient", fieldsOf);
  }

  async create(name: string, object: object, options?: CreateOptions): Promise<AnyObject> {
    return createFor(this.target, name, object, optionsOf(options));
  }
}

/** The client of one resource, in one namespace or across all. The generated interfaces are its types; descriptors its data. */
export class ResourceClient extends ObjectClient {
  static {
    shownAs(this.prototype, "ResourceClient", fieldsOf);
  }

  constructor(target: Target) {
    super(target);
    for (const subresource of Object.keys(target.resource.subresources ?? {})) {
      // `log` is a verb of its own here; a foreign API's subresource must not hide a verb.
      if (!(subresource in this))
        Object.assign(this, { [subresource]: new SubresourceClient({ ...target, subresource }) });
    }
  }

  in(given?: string): ResourceClient {
    const ofConnection = this.target.context.namespace.known ?? lateNamespace;
    const namespace = given === undefined ? ofConnection : asText(given, "namespace");
    if (!this.resource.namespaced) {
      throw new InputError("namespace", `${this.resource.plural} live outside namespaces: leave out .in()`);
    }
    if (namespace === "")
      throw new InputError("namespace", "it is empty; without .in() the call is across all namespaces");
    return new ResourceClient({ ...this.target, namespace });
  }

  /** The same collection, objects reduced to their metadata. */
  get metadata(): ResourceClient {
    return new ResourceClient({ ...this.target, metadataOnly: true });
  }

  async list(options?: ListOptions): Promise<List<AnyObject>> {
    return list(this.target, withTexts(optionsOf(options)));
  }

  async table(options?: ListOptions): Promise<Table> {
    return table(this.target, withTexts(optionsOf(options)));
  }

  each(options?: EachOptions): Stream<AnyObject> {
    return followed("each", this.target, options, (own) => each((page) => this.list(page), own));
  }

  watch(options?: WatchOptions): Stream<WatchEvent<AnyObject>> {
    return followed("watch", this.target, options, (own) => watch(this.target, withTexts(own)));
  }

  log(name: string, options?: LogOptions): Stream<string> {
    return followed("log", this.target, options, (own) => log(this.target, name, own));
  }

  async create(object: object, options?: CreateOptions): Promise<AnyObject> {
    return create(this.target, object, optionsOf(options));
  }

  async delete(name: string, options?: DeleteOptions): Promise<DeleteResult<AnyObject>> {
    return remove(this.target, name, optionsOf(options));
  }

  async deleteCollection(options?: DeleteCollectionOptions): Promise<DeleteCollectionResult<AnyObject>> {
    return removeCollection(this.target, withTexts(optionsOf(options)));
  }
}
