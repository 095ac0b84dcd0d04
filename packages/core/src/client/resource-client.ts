import { InputError } from "../errors/input-error.ts";
import { selectorTexts } from "../request/selector-texts.ts";
import { createStream } from "../stream/stream.ts";
import type { ResourceView } from "../types/capabilities.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
import type { List } from "../types/object.ts";
import type {
  CallOptions,
  DeleteCollectionOptions,
  EachOptions,
  GetOptions,
  ListOptions,
  LogOptions,
  WatchOptions,
} from "../types/options.ts";
import type { Table, WatchEvent } from "../types/results.ts";
import type { Stream } from "../types/stream.ts";
import { get, list, table } from "./read.ts";
import type { AnyObject, Target } from "./target.ts";
import type * as follow from "./follow.ts";
import type * as write from "./write.ts";

// Writing and following are loaded when first used: a page that only lists never fetches them.
let following: typeof follow | undefined;
let writing: typeof write | undefined;

/** The arguments of a verb behind its target. */
type ArgumentsOf<V extends keyof typeof write> = (typeof write)[V] extends (target: never, ...rest: infer A) => unknown
  ? A
  : never;

function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if ((value as object | null | undefined)?.constructor !== Object) return value;
  return Object.fromEntries(Object.entries(value as object).map(copyOf)) as T;
}

/** A copy that later changes of plain objects and lists do not reach; signals and numbers of JSON.rawJSON stay what they are. */
export function asGiven<T>(value: T): T {
  try {
    return copyOf(value);
  } catch {
    // It contains itself: the writing of JSON says so.
    return value;
  }
}

/** Calls a writing verb. It sends what it was given now, not what that has become when writing is loaded. */
async function written<V extends keyof typeof write>(
  verb: V,
  target: Parameters<(typeof write)[V]>[0],
  args: ArgumentsOf<V>,
): Promise<Awaited<ReturnType<(typeof write)[V]>>> {
  let given: readonly unknown[] = args;
  if (writing === undefined) {
    given = asGiven(args);
    writing = await import("./write.ts");
  }
  return (writing[verb] as (...all: unknown[]) => ReturnType<(typeof write)[V]>)(target, ...given) as never;
}

/** A stream of one of the following verbs, which gets the options with the stream's own signal. */
function followed<T, O extends CallOptions>(
  options: O,
  start: (verbs: typeof follow, own: follow.Followed<O>) => AsyncIterable<T> | Promise<AsyncIterable<T>>,
): Stream<T> {
  return createStream(async function* (signal) {
    yield* await start((following ??= await import("./follow.ts")), { ...options, signal });
  }, options.signal);
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
    return this.target.namespace;
  }

  async get(name: string, options?: GetOptions): Promise<AnyObject> {
    return get(this.target, name, options);
  }

  async update(...args: ArgumentsOf<"update">): Promise<AnyObject> {
    return written("update", this.target, args);
  }

  async modify(...args: ArgumentsOf<"modify">): Promise<AnyObject> {
    return written("modify", this, args);
  }

  async patch(...args: ArgumentsOf<"patch">): Promise<AnyObject> {
    return written("patch", this.target, args);
  }

  async apply(...args: ArgumentsOf<"apply">): Promise<AnyObject> {
    return written("apply", this.target, args);
  }
}

/** A subresource: reads and writes like the object's own, and creates through it. */
class SubresourceClient extends ObjectClient {
  async create(...args: ArgumentsOf<"createFor">): Promise<AnyObject> {
    return written("createFor", this.target, args);
  }
}

/** The client of one resource, in one namespace or across all. The generated interfaces are its types; descriptors its data. */
export class ResourceClient extends ObjectClient {
  constructor(target: Target) {
    super(target);
    for (const subresource of Object.keys(target.resource.subresources ?? {})) {
      // `log` is a verb of its own here; a foreign API's subresource must not hide a verb.
      if (!(subresource in this))
        Object.assign(this, { [subresource]: new SubresourceClient({ ...target, subresource }) });
    }
  }

  in(namespace: string = this.target.context.namespace): ResourceClient {
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

  async list(options: ListOptions = {}): Promise<List<AnyObject>> {
    return list(this.target, await selectorTexts(options));
  }

  async table(options: ListOptions = {}): Promise<Table> {
    return table(this.target, await selectorTexts(options));
  }

  each(options: EachOptions = {}): Stream<AnyObject> {
    return followed(options, ({ each }, own) => each((page) => this.list(page), own));
  }

  watch(options: WatchOptions = {}): Stream<WatchEvent<AnyObject>> {
    return followed(options, async ({ watch }, own) => watch(this.target, await selectorTexts(own)));
  }

  log(name: string, options: LogOptions = {}): Stream<string> {
    return followed(options, ({ log }, own) => log(this.target, name, own));
  }

  async create(...args: ArgumentsOf<"create">): Promise<AnyObject> {
    return written("create", this.target, args);
  }

  async delete(...args: ArgumentsOf<"remove">): ReturnType<(typeof write)["remove"]> {
    return written("remove", this.target, args);
  }

  async deleteCollection(options: DeleteCollectionOptions = {}): ReturnType<(typeof write)["removeCollection"]> {
    return written("removeCollection", this.target, [await selectorTexts(options)]);
  }
}
