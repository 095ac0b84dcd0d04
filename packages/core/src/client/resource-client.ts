import { InputError } from "../errors/input-error.ts";
import { createStream } from "../stream/stream.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
import type { List } from "../types/object.ts";
import type { EachOptions, GetOptions, ListOptions, LogOptions, WatchOptions } from "../types/options.ts";
import type { Table, WatchEvent } from "../types/results.ts";
import type { Stream } from "../types/stream.ts";
import type { CallContext } from "./call.ts";
import { type AnyObject, get, list, table } from "./read.ts";
import type { Target } from "./target.ts";
import type * as follow from "./follow.ts";
import type * as write from "./write.ts";

// Writing and following are loaded when first used: a page that only lists never fetches them.
let writing: typeof write | undefined;
let following: typeof follow | undefined;

/** The arguments of a verb behind its target. */
type ArgumentsOf<V extends keyof typeof write> = (typeof write)[V] extends (target: Target, ...rest: infer A) => unknown
  ? A
  : never;

async function writer(): Promise<typeof write> {
  return (writing ??= await import("./write.ts"));
}

async function* followed<T>(
  start: (verbs: typeof follow) => AsyncGenerator<T, undefined>,
): AsyncGenerator<T, undefined> {
  yield* start((following ??= await import("./follow.ts")));
}

/** The verbs on one named object, or on one subresource of it. */
class ObjectClient implements Target {
  readonly context: CallContext;
  readonly resource: ResourceDescriptor;
  readonly namespace: string | undefined;
  readonly subresource: string | undefined;
  readonly representation: Target["representation"];

  constructor(target: Target) {
    this.context = target.context;
    this.resource = target.resource;
    this.namespace = target.namespace;
    this.subresource = target.subresource;
    this.representation = target.representation;
  }

  async get(name: string, options?: GetOptions): Promise<AnyObject> {
    return get(this, name, options);
  }

  async update(...args: ArgumentsOf<"update">): Promise<AnyObject> {
    return (await writer()).update(this, ...args);
  }

  async modify(...args: ArgumentsOf<"modify">): Promise<AnyObject> {
    return (await writer()).modify(this, ...args);
  }

  async patch(...args: ArgumentsOf<"patch">): Promise<AnyObject> {
    return (await writer()).patch(this, ...args);
  }

  async apply(...args: ArgumentsOf<"apply">): Promise<AnyObject> {
    return (await writer()).apply(this, ...args);
  }
}

/** A subresource: reads and writes like the object's own, and creates through it. */
class SubresourceClient extends ObjectClient {
  async create(...args: ArgumentsOf<"createFor">): Promise<AnyObject> {
    return (await writer()).createFor(this, ...args);
  }
}

/** The client of one resource, in one namespace or across all. The generated interfaces are its types; descriptors its data. */
export class ResourceClient extends ObjectClient {
  constructor(
    context: CallContext,
    resource: ResourceDescriptor,
    namespace?: string,
    representation: Target["representation"] = "object",
  ) {
    super({ context, resource, namespace, subresource: undefined, representation });
    for (const segment of Object.keys(resource.subresources ?? {})) {
      // `log` is a verb of its own here; a foreign API's subresource must not hide a verb.
      if (segment in this) continue;
      const subresource = { context, resource, namespace, subresource: segment, representation };
      Object.assign(this, { [segment]: new SubresourceClient(subresource) });
    }
  }

  in(namespace: string = this.context.namespace): ResourceClient {
    if (!this.resource.namespaced) {
      throw new InputError("namespace", `${this.resource.plural} live outside namespaces: leave out .in()`);
    }
    if (namespace === "")
      throw new InputError("namespace", "it is empty; without .in() the call is across all namespaces");
    return new ResourceClient(this.context, this.resource, namespace, this.representation);
  }

  /** The same collection, objects reduced to their metadata. */
  get metadata(): ResourceClient {
    return new ResourceClient(this.context, this.resource, this.namespace, "metadata");
  }

  async list(options?: ListOptions): Promise<List<AnyObject>> {
    return list(this, options);
  }

  async table(options?: ListOptions): Promise<Table> {
    return table(this, options);
  }

  each(options: EachOptions = {}): Stream<AnyObject> {
    return createStream((signal) => followed((verbs) => verbs.each(this, { ...options, signal })), options.signal);
  }

  watch(options: WatchOptions = {}): Stream<WatchEvent<AnyObject>> {
    return createStream((signal) => followed((verbs) => verbs.watch(this, { ...options, signal })), options.signal);
  }

  log(name: string, options: LogOptions = {}): Stream<string> {
    return createStream((signal) => followed((verbs) => verbs.log(this, name, { ...options, signal })), options.signal);
  }

  async create(...args: ArgumentsOf<"create">): Promise<AnyObject> {
    return (await writer()).create(this, ...args);
  }

  async delete(...args: ArgumentsOf<"remove">): ReturnType<(typeof write)["remove"]> {
    return (await writer()).remove(this, ...args);
  }

  async deleteCollection(...args: ArgumentsOf<"removeCollection">): ReturnType<(typeof write)["removeCollection"]> {
    return (await writer()).removeCollection(this, ...args);
  }
}
