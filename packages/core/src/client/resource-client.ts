import { encodeJson } from "../codec/json.ts";
import { decodeObject } from "../codec/response.ts";
import { InputError } from "../errors/input-error.ts";
import { deleteBody } from "../request/delete-body.ts";
import { apiVersionOf } from "../request/path.ts";
import { rules } from "../request/option-rules.ts";
import { appendQuery, queryOf } from "../request/query.ts";
import { decodeList } from "../stream/list.ts";
import { createStream } from "../stream/stream.ts";
import { logLines } from "../stream/log-lines.ts";
import { watchEvents } from "../stream/watch-events.ts";
import type { HeaderLists } from "../transport/transport.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
import type { KubernetesObject, List, Stored } from "../types/object.ts";
import type {
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  EachOptions,
  ListOptions,
  LogOptions,
  WatchOptions,
} from "../types/options.ts";
import type { DeleteCollectionResult, DeleteResult, Table, WatchEvent } from "../types/results.ts";
import type { Stream } from "../types/stream.ts";
import { call, type CallContext, streamCall } from "./call.ts";
import { deleteCollectionResult, deleteResult } from "./delete-result.ts";
import { accepting, acceptMetadata, ObjectClient, SubresourceClient } from "./object-client.ts";

type AnyObject = Stored<KubernetesObject>;

const acceptTable = accepting("Table");
const acceptMetadataList = accepting("PartialObjectMetadataList");
// The API server answers logs as text/plain only.
const acceptText: HeaderLists = { accept: ["*/*"] };

const pageSize = 500;

/** The client of one resource, in one namespace or across all. The generated interfaces are its types; descriptors its data. */
export class ResourceClient extends ObjectClient {
  constructor(context: CallContext, resource: ResourceDescriptor, namespace?: string, accept?: HeaderLists) {
    super(context, resource, namespace, undefined, accept);
    for (const segment of Object.keys(resource.subresources ?? {})) {
      // `log` is a verb of its own here; a foreign API's subresource must not hide a verb.
      if (!(segment in this))
        Object.assign(this, { [segment]: new SubresourceClient(context, resource, namespace, segment) });
    }
  }

  in(namespace: string = this.context.namespace): ResourceClient {
    if (!this.resource.namespaced) {
      throw new InputError("namespace", `${this.resource.plural} live outside namespaces: leave out .in()`);
    }
    if (namespace === "")
      throw new InputError("namespace", "it is empty; without .in() the call is across all namespaces");
    return new ResourceClient(this.context, this.resource, namespace, this.accept);
  }

  /** The same collection, objects reduced to their metadata. */
  get metadata(): ResourceClient {
    return new ResourceClient(this.context, this.resource, this.namespace, acceptMetadata);
  }

  async list(options: ListOptions = {}): Promise<List<AnyObject>> {
    const accept = this.accept === acceptMetadata ? acceptMetadataList : this.accept;
    const parts = this.parts({ verb: "list", method: "GET", query: queryOf(rules.list, options), accept });
    const { apiVersion, kind } = this.itemKind();
    const list = await call(this.context, parts, options, (response, request) =>
      decodeList(response, request, (value) => {
        // Lists leave out what all items share.
        const item = value as KubernetesObject;
        item.apiVersion ??= apiVersion;
        item.kind ??= kind;
        return item;
      }),
    );
    return list as unknown as List<AnyObject>;
  }

  each(options: EachOptions = {}): Stream<AnyObject> {
    queryOf(rules.list, options);
    const list = (page: ListOptions): Promise<List<AnyObject>> => this.list(page);
    return createStream(async function* (signal) {
      let next = options.continue;
      do {
        const page: List<AnyObject> = await list({ ...pageOptions(options, next), signal });
        yield* page.items;
        next = page.metadata.continue;
      } while (next);
    }, options.signal);
  }

  watch(options: WatchOptions = {}): Stream<WatchEvent<AnyObject>> {
    const query = appendQuery(queryOf(rules.watch, options), "watch", "1");
    const parts = this.parts({ verb: "watch", method: "GET", query });
    return createStream(
      (signal) => streamCall(this.context, parts, { ...options, signal }, watchEvents<AnyObject>),
      options.signal,
    );
  }

  async table(options: ListOptions = {}): Promise<Table> {
    const parts = this.parts({ verb: "list", method: "GET", query: queryOf(rules.list, options), accept: acceptTable });
    return call(this.context, parts, options, decodeObject) as Promise<unknown> as Promise<Table>;
  }

  async create(object: object, options: CreateOptions = {}): Promise<AnyObject> {
    const content = { body: encodeJson(this.body(object), "object"), contentType: "application/json" };
    return this.write({ verb: "create", method: "POST", content }, rules.create, options);
  }

  async delete(name: string, options: DeleteOptions = {}): Promise<DeleteResult<AnyObject>> {
    const query = queryOf(rules.delete, options);
    const replay = options.preconditions?.uid === undefined ? "refused" : "safe";
    const parts = this.parts({
      verb: "delete",
      method: "DELETE",
      name,
      query,
      content: deleteContent(options),
      replay,
    });
    return deleteResult(await call(this.context, parts, options, decodeObject));
  }

  async deleteCollection(options: DeleteCollectionOptions = {}): Promise<DeleteCollectionResult<AnyObject>> {
    // A selector that was meant but came out empty would delete everything.
    for (const selector of ["labelSelector", "fieldSelector", "shardSelector"] as const) {
      if (selector in options && queryOf(rules.list, { [selector]: options[selector] }) === "") {
        throw new InputError(selector, "it is empty and would choose every object; leave it out to delete them all");
      }
    }
    const query = queryOf(rules.deletecollection, options);
    const parts = this.parts({ verb: "deletecollection", method: "DELETE", query, content: deleteContent(options) });
    return deleteCollectionResult(await call(this.context, parts, options, decodeObject), this.itemKind());
  }

  log(name: string, options: LogOptions = {}): Stream<string> {
    const query = queryOf(rules.log, options);
    const pod = new SubresourceClient(this.context, this.resource, this.namespace, "log", acceptText);
    const parts = pod.parts({ verb: "get", method: "GET", name, query });
    return createStream((signal) => streamCall(this.context, parts, { ...options, signal }, logLines), options.signal);
  }

  private itemKind(): { apiVersion: string; kind: string } {
    return this.accept === acceptMetadata
      ? { apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata" }
      : { apiVersion: apiVersionOf(this.resource), kind: this.resource.kind };
  }
}

function deleteContent(options: DeleteOptions): { body: string; contentType: string } | undefined {
  const body = deleteBody(options);
  return body === undefined ? undefined : { body, contentType: "application/json" };
}

// The API server refuses a resourceVersion beside a continue token, which holds one.
function pageOptions(options: EachOptions, next: string | undefined): ListOptions {
  const { resourceVersion, resourceVersionMatch, ...others } = options;
  const page = { limit: pageSize, ...others };
  return next === options.continue ? { ...page, resourceVersion, resourceVersionMatch } : { ...page, continue: next };
}
