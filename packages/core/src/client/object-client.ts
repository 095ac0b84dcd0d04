import { encodeJson } from "../codec/json.ts";
import { decodeObject } from "../codec/response.ts";
import { isConflict } from "../errors/guards.ts";
import { InputError } from "../errors/input-error.ts";
import { agree, metadataOf, nameOf, objectBody } from "../request/object-body.ts";
import { patchBody } from "../request/patch-body.ts";
import { apiVersionOf, resourcePath } from "../request/path.ts";
import { type OptionRules, rules } from "../request/option-rules.ts";
import { appendQuery, queryOf } from "../request/query.ts";
import type { ApiRequest, HeaderLists, Replay } from "../transport/transport.ts";
import type { ResourceDescriptor, Verb } from "../types/descriptor.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type {
  ApplyOptions,
  CallOptions,
  CreateOptions,
  GetOptions,
  ModifyOptions,
  PatchOptions,
  UpdateOptions,
  WriteOptions,
} from "../types/options.ts";
import { call, type CallContext, type RequestParts } from "./call.ts";
import { startDeadline } from "./deadline.ts";
import { pause } from "./pause.ts";

/** The kind behind a path: the resource's own, or that of a subresource. */
export interface Target {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs?: readonly Verb[] | undefined;
}

type AnyObject = Stored<KubernetesObject>;

const acceptObject: HeaderLists = { accept: ["application/json"] };
export const acceptMetadata: HeaderLists = accepting("PartialObjectMetadata");

/** Asks for a representation of the API machinery instead of the object itself. */
export function accepting(kind: string): HeaderLists {
  return { accept: [`application/json;as=${kind};g=meta.k8s.io;v=v1`] };
}

/**
 * Reads and writes one object, or one subresource of it. Every verb of the API that works on a named object stands here once;
 * descriptors say for what.
 */
export class ObjectClient {
  readonly resource: ResourceDescriptor;
  readonly namespace: string | undefined;
  protected readonly context: CallContext;
  protected readonly target: Target;
  protected readonly subresource: string | undefined;
  protected readonly accept: HeaderLists;

  constructor(
    context: CallContext,
    resource: ResourceDescriptor,
    namespace: string | undefined,
    subresource?: string,
    accept: HeaderLists = acceptObject,
  ) {
    this.context = context;
    this.resource = resource;
    this.namespace = namespace;
    this.subresource = subresource;
    this.accept = accept;
    this.target = (subresource === undefined ? undefined : resource.subresources?.[subresource]) ?? resource;
  }

  async get(name: string, options: GetOptions = {}): Promise<AnyObject> {
    return this.object({ verb: "get", method: "GET", name, query: queryOf(rules.get, options) }, options);
  }

  async update(object: KubernetesObject, options: UpdateOptions = {}): Promise<AnyObject> {
    const name = nameOf(object);
    const body = this.body(object, name);
    if (!options.overwrite && !metadataOf(body)?.resourceVersion) {
      throw new InputError(
        "metadata.resourceVersion",
        "without it the update would overwrite changes of others; update an object that was read, or pass { overwrite: true }",
      );
    }
    const replay = metadataOf(body)?.resourceVersion ? "safe" : "refused";
    const content = { body: encodeJson(body, "object"), contentType: "application/json" };
    return this.write({ verb: "update", method: "PUT", name, content, replay }, rules.update, options);
  }

  async modify(
    name: string,
    change: (object: AnyObject) => AnyObject | void | Promise<AnyObject | void>,
    options: ModifyOptions = {},
  ): Promise<AnyObject> {
    const { attempts = 5, ...write } = options;
    queryOf(rules.modify, options);
    if (!Number.isSafeInteger(attempts) || attempts < 1)
      throw new InputError("attempts", "it must be a whole number of at least 1");
    const deadline = startDeadline(
      options,
      this.context.timeoutMs,
      this.parts({ verb: "update", method: "PUT", name, query: "" }),
    );
    const each = { signal: deadline.signal, timeoutMs: Infinity };
    try {
      for (let attempt = 1; ; attempt++) {
        const object = await this.get(name, each);
        const before = encodeJson(object, "object");
        const changed = (await change(object)) ?? object;
        if (encodeJson(changed, "object") === before) return changed;
        agree("metadata.name", nameOf(changed), name);
        try {
          return await this.update(changed, { ...write, ...each });
        } catch (error) {
          if (!isConflict(error) || attempt >= attempts) throw error;
          // client-go's DefaultRetry: 10 ms, jitter 0.1.
          await pause(10 + Math.random(), deadline.signal);
        }
      }
    } finally {
      deadline.end();
    }
  }

  async patch(name: string, patch: object, options: PatchOptions = {}): Promise<AnyObject> {
    const { bound, ...content } = patchBody(patch, { ...this.bodyTarget(), name });
    const replay = bound ? "safe" : "refused";
    return this.write({ verb: "patch", method: "PATCH", name, content, replay }, rules.patch, options);
  }

  async apply(object: object, options: ApplyOptions = {}): Promise<AnyObject> {
    const name = nameOf(object);
    const body = this.body(object, name);
    const { managedFields, uid } = metadataOf(body) ?? {};
    if (managedFields !== undefined || uid !== undefined) {
      throw new InputError(
        managedFields === undefined ? "metadata.uid" : "metadata.managedFields",
        "this object was read from the server; to apply it would take over every field. Extract first: send only the fields you want to own",
      );
    }
    if ((options.fieldManager ?? this.context.fieldManager) === undefined) {
      throw new InputError("fieldManager", "apply needs one: pass it here or to connect()");
    }
    const content = { body: encodeJson(body, "object"), contentType: "application/apply-patch+yaml" };
    return this.write({ verb: "apply", method: "PATCH", name, content, replay: "safe" }, rules.apply, options);
  }

  /** The object as sent: filled in and checked against this call. */
  protected body(object: unknown, name?: string): KubernetesObject {
    return objectBody(object, { ...this.bodyTarget(), name });
  }

  protected write(
    request: Omit<VerbRequest, "query">,
    optionRules: OptionRules,
    options: WriteOptions,
  ): Promise<AnyObject> {
    let query = queryOf(optionRules, options);
    const manager = this.context.fieldManager;
    if (options.fieldManager === undefined && manager !== undefined)
      query = appendQuery(query, "fieldManager", manager);
    return this.object({ ...request, query }, options);
  }

  private async object(verbRequest: VerbRequest, options: CallOptions): Promise<AnyObject> {
    return call(this.context, this.parts(verbRequest), options, decodeObject) as Promise<AnyObject>;
  }

  /** The request of a verb; refuses verbs and scopes that the resource lacks. */
  parts(request: VerbRequest): RequestParts {
    const { verb, method, name, query, content, accept = this.accept } = request;
    const replay = request.replay ?? (method === "GET" ? "safe" : "refused");
    this.check(verb);
    const path = resourcePath(this.resource, this.namespace, name, this.subresource);
    const headers = content === undefined ? accept : { ...accept, "content-type": [content.contentType] };
    return { verb, method, path, query, headers, body: content?.body, replay };
  }

  private check(verb: string): void {
    const { resource, subresource } = this;
    const { verbs } = this.target;
    const what = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
    const apiVerb = verb === "apply" ? "patch" : verb;
    if (verbs !== undefined && !(verbs as readonly string[]).includes(apiVerb)) {
      throw new InputError("verb", `${what} in ${apiVersionOf(resource)} cannot ${verb}; it can ${verbs.join(", ")}`);
    }
    if (resource.namespaced && this.namespace === undefined && verb !== "list" && verb !== "watch") {
      throw new InputError("namespace", `${what} are namespaced: call .in(namespace) before ${verb}`);
    }
  }

  protected bodyTarget(): { apiVersion: string; kind: string; namespace: string | undefined } {
    return { apiVersion: apiVersionOf(this.target), kind: this.target.kind, namespace: this.namespace };
  }
}

/** What a verb says of its request; the client adds the path. */
interface VerbRequest {
  readonly verb: string;
  readonly method: ApiRequest["method"];
  /** Undefined for the collection. */
  readonly name?: string | undefined;
  readonly query: string;
  readonly content?: { readonly body: string; readonly contentType: string } | undefined;
  readonly accept?: HeaderLists | undefined;
  /** Default: `safe` for reads, else `refused`. */
  readonly replay?: Replay | undefined;
}

/** A subresource: reads and writes like the object's own, and creates through it. */
export class SubresourceClient extends ObjectClient {
  async create(name: string, object: object, options: CreateOptions = {}): Promise<AnyObject> {
    const body = this.body(object, name);
    // The API server refuses an Eviction or Binding whose name is not the path's.
    body.metadata = {
      ...body.metadata,
      name,
      ...(this.namespace === undefined ? undefined : { namespace: this.namespace }),
    };
    const content = { body: encodeJson(body, "object"), contentType: "application/json" };
    // A disruption budget answers 429 to say no; to ask again is the caller's decision.
    const replay = this.subresource === "eviction" ? "never" : "refused";
    return this.write({ verb: "create", method: "POST", name, content, replay }, rules.create, options);
  }
}
