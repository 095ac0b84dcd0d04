import { startDeadline } from "../time/deadline.ts";
import { filling, kindOf, requestParts } from "./target.ts";
import { LIST_LIMIT } from "../bytes/body.ts";
import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { apiVersionOf } from "../request/path.ts";
import { appendQuery, queryOf } from "../request/query.ts";
import { carrying, type Content } from "../codec/content.ts";
import { jsonContent } from "../codec/json/asking.ts";
import type { Negotiation } from "../codec/negotiation.ts";
import type { Proposal } from "../codec/proposal.ts";
import { encodeJson } from "../codec/json/encode-json.ts";
import { isConflict } from "../errors/guards.ts";
import { applyBody } from "../request/apply-body.ts";
import { deleteBody } from "../request/delete-body.ts";
import { agree, type BodyTarget, metadataOf, nameOf, objectBody } from "../request/object-body.ts";
import { patchBody } from "../request/patch-body.ts";
import { asText } from "../request/text.ts";
import { callOptionsOf, type OptionRules } from "../request/rules/rule.ts";
import {
  applyRules,
  deleteCollectionRules,
  deleteRules,
  modifyRules,
  updateRules,
  writeRules,
} from "../request/rules/write-rules.ts";
import type { KubernetesObject } from "../types/object.ts";
import type {
  ApplyOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  ModifyOptions,
  PatchOptions,
  UpdateOptions,
  WriteOptions,
} from "../types/options.ts";
import type { DeleteCollectionResult, DeleteResult } from "../types/results.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import { call } from "./call.ts";
import { deleteCollectionResult, deleteResult } from "./delete-result.ts";
import { pause } from "../time/pause.ts";
import { get } from "./read.ts";
import type { AnyObject } from "./any-object.ts";
import type { Target, VerbRequest } from "./target.ts";

export async function create(target: Target, object: object, options: CreateOptions): Promise<AnyObject> {
  return writeObject(target, { verb: "create", method: "POST" }, bodyOf(target, object), writeRules, options);
}

/** Creates through a subresource of the named object. */
export async function createFor(
  target: Target,
  name: string,
  object: object,
  options: CreateOptions,
): Promise<AnyObject> {
  const body = bodyOf(target, object, name);
  // The API server refuses an Eviction or Binding whose name is not the path's.
  const { namespace } = target;
  body.metadata = { ...body.metadata, name, ...(typeof namespace === "string" ? { namespace } : undefined) };
  // A disruption budget answers 429 to say no; to ask again is the caller's decision.
  const replay = target.subresource === "eviction" ? "never" : "refused";
  return writeObject(target, { verb: "create", method: "POST", name, replay }, body, writeRules, options);
}

export async function update(target: Target, object: KubernetesObject, options: UpdateOptions): Promise<AnyObject> {
  const name = nameOf(object);
  const body = bodyOf(target, object, name);
  const bound = Boolean(metadataOf(body)?.resourceVersion);
  if (!options.overwrite && !bound) {
    throw new InputError(
      "metadata.resourceVersion",
      "without it the update would overwrite changes of others; update an object that was read, or pass { overwrite: true }",
    );
  }
  const replay = bound ? "safe" : "refused";
  return writeObject(target, { verb: "update", method: "PUT", name, replay }, body, updateRules, options);
}

/** What a modify does to the object; what it returns takes the object's place. */
export type Change = (object: AnyObject) => AnyObject | void | Promise<AnyObject | void>;

export async function modify(target: Target, name: string, change: Change, options: ModifyOptions): Promise<AnyObject> {
  queryOf(modifyRules, options);
  proposalOf(target, options);
  if (typeof change !== "function")
    throw new InputError("change", `it must be a function that changes the object, not ${whatItIs(change)}`);
  const { attempts = 5, ...others } = options;
  const { clock } = target.context;
  const request = requestParts(target, { verb: "update", method: "PUT", name, query: "" });
  const deadline = startDeadline(target.context, options, request);
  const bound = { ...callOptionsOf(options), signal: deadline.signal, timeoutMs: Infinity };
  try {
    for (let attempt = 1; ; attempt++) {
      const object = await get(target, name, bound);
      const before = encodeJson(object, "object");
      const changed = (await change(object)) ?? object;
      if (encodeJson(changed, "object") === before) return changed;
      agree("metadata.name", nameOf(changed), name);
      try {
        return await update(target, changed, { ...others, ...bound });
      } catch (error) {
        if (!isConflict(error) || attempt >= attempts) throw error;
        // client-go's DefaultRetry: 10 ms, jitter 0.1.
        await pause(clock, 10 + clock.random(), deadline.signal);
      }
    }
  } finally {
    deadline.end();
  }
}

export async function patch(target: Target, name: string, change: object, options: PatchOptions): Promise<AnyObject> {
  const { bound, ...content } = patchBody(change, bodyTarget(target, name));
  const replay = bound ? "safe" : "refused";
  return write(target, { verb: "patch", method: "PATCH", name, replay }, content, writeRules, options);
}

export async function apply(target: Target, object: object, options: ApplyOptions): Promise<AnyObject> {
  const name = nameOf(object);
  const body = bodyOf(target, object, name);
  const { managedFields, uid } = metadataOf(body) ?? {};
  if (managedFields !== undefined || uid !== undefined) {
    throw new InputError(
      managedFields === undefined ? "metadata.uid" : "metadata.managedFields",
      "this object was read from the server; to apply it would take over every field; send only the fields you want to own",
    );
  }
  if ((options.fieldManager ?? target.context.fieldManager) === undefined) {
    throw new InputError("fieldManager", "apply needs one; pass it here or to connect()");
  }
  const content = applyBody(body, "object");
  return write(target, { verb: "apply", method: "PATCH", name, replay: "safe" }, content, applyRules, options);
}

export async function remove(target: Target, name: string, options: DeleteOptions): Promise<DeleteResult<AnyObject>> {
  const query = queryOf(deleteRules, options);
  const replay = options.preconditions?.uid === undefined ? "refused" : "safe";
  const parts = deleting(options, requestParts(target, { verb: "delete", method: "DELETE", name, query, replay }));
  return deleteResult(await call(target.context, parts, options, target.context.codecs.object));
}

/** `options` come with their selectors as texts. */
export async function removeCollection(
  target: Target,
  options: DeleteCollectionOptions,
): Promise<DeleteCollectionResult<AnyObject>> {
  const query = queryOf(deleteCollectionRules, options);
  // A selector that was meant but came out empty would delete everything. The server takes white space and commas for nothing.
  for (const selector of ["labelSelector", "fieldSelector", "shardSelector"] as const) {
    if (selector in options && /^[\s,]*$/.test((options[selector] ?? "") as string)) {
      throw new InputError(selector, "it is empty and would choose every object; leave it out to delete them all");
    }
  }
  const parts = deleting(options, requestParts(target, { verb: "deletecollection", method: "DELETE", query }));
  // The answer holds every object that was deleted.
  const answer = await call(target.context, parts, options, (response, request) =>
    target.context.codecs.object(response, request, LIST_LIMIT),
  );
  return deleteCollectionResult(answer, filling(target));
}

/** Sends a whole object, in the encoding that is chosen for its kind. */
function writeObject(
  target: Target,
  request: Omit<VerbRequest, "query">,
  object: KubernetesObject,
  optionRules: OptionRules,
  options: WriteOptions,
): Promise<AnyObject> {
  const propose = proposalOf(target, options);
  const content = propose === undefined ? jsonContent(object, "object") : undefined;
  return write(target, request, content, optionRules, options, propose?.(object, "object"));
}

/** What a write of a whole object proposes. @throws InputError for an option that has no place beside it */
function proposalOf(target: Target, { fieldValidation }: WriteOptions): ReturnType<Negotiation["writing"]> {
  const propose = target.context.negotiation.writing(target.resource, kindOf(target).group);
  if (propose === undefined || fieldValidation === undefined) return propose;
  throw new InputError(
    "fieldValidation",
    'the server does not look for unknown fields in protobuf; leave it out, or connect with encoding: { write: "json" }',
  );
}

function write(
  target: Target,
  request: Omit<VerbRequest, "query">,
  content: Content | undefined,
  optionRules: OptionRules,
  options: WriteOptions,
  proposal?: Proposal,
): Promise<AnyObject> {
  let query = queryOf(optionRules, options);
  const { context } = target;
  if (options.fieldManager === undefined && context.fieldManager !== undefined)
    query = appendQuery(query, "fieldManager", context.fieldManager);
  const plain = requestParts(target, { ...request, query });
  const parts = content === undefined ? plain : carrying(content, plain);
  return call(context, parts, options, context.codecs.object, proposal) as Promise<unknown> as Promise<AnyObject>;
}

/** The object as sent: filled in and checked against this call. */
function bodyOf(target: Target, object: unknown, name?: string): KubernetesObject {
  return objectBody(object, bodyTarget(target, name));
}

function bodyTarget(target: Target, name?: string): BodyTarget {
  const kind = kindOf(target);
  if (name !== undefined) asText(name, "name");
  return { apiVersion: apiVersionOf(kind), kind: kind.kind, namespace: target.namespace, name };
}

/** With DeleteOptions, which are always JSON: they are small. */
function deleting(options: DeleteOptions, parts: RequestParts): RequestParts {
  const body = deleteBody(options);
  return body === undefined ? parts : carrying(jsonContent(body, "options"), parts);
}
