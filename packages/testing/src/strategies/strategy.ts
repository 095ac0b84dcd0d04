import type { User } from "../access/user.ts";
import type { Cause } from "../exchange/refusal.ts";
import type { DeleteParameters } from "../request/delete-options.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Draft } from "../objects/draft.ts";

/** What a step knows of the call. */
export interface WriteContext {
  readonly state: ServerState;
  readonly namespace: string | undefined;
  /** The user who writes. */
  readonly user: User;
  readonly dryRun: boolean;
  /** Adds a Warning header. */
  warn(text: string): void;
}

/**
 * What the server does with objects of one resource, or by one of its subresources that are written as objects (`status`), beside what it does with all, in the order in which a write goes through it, as the
 * admission plugins and strategies of the real one do.
 */
export interface Strategy {
  /** Admission, before the object is prepared: fills in what clusters add to a new object, before it is prepared. @throws Refusal */
  readonly admitCreate?: (draft: Draft, context: WriteContext) => void;
  /** Admission of a change. @throws Refusal */
  readonly admitUpdate?: (draft: Draft, old: ApiObject, context: WriteContext) => void;
  /** Sets what belongs to the server, after what writers may not set was taken away. */
  readonly prepareForCreate?: (draft: Draft, context: WriteContext) => void;
  readonly prepareForUpdate?: (draft: Draft, old: ApiObject, context: WriteContext) => void;
  /** What is wrong with a new object, beside its metadata. */
  readonly validate?: (draft: Draft, context: WriteContext) => Iterable<Cause>;
  /** What is wrong with a change, beside its metadata. */
  readonly validateUpdate?: (draft: Draft, old: ApiObject, context: WriteContext) => Iterable<Cause>;
  /** What may be wrong with a new object, for Warning headers. */
  readonly warnings?: (draft: Draft, context: WriteContext) => readonly string[];
  /** What may be wrong with a change; it is asked after the generation is known. */
  readonly updateWarnings?: (draft: Draft, old: ApiObject, context: WriteContext) => readonly string[];
  /** Admission of a deletion. @throws Refusal */
  readonly admitDelete?: (object: ApiObject, asked: DeleteParameters, context: WriteContext) => void;
  /** Whether something beside its finalizers holds what is deleted, such as a namespace's content. */
  readonly isHeld?: (object: ApiObject) => boolean;
  /** Changes what is deleted, but held, beside its metadata. */
  readonly markDeleted?: (draft: Draft) => void;
  /** The grace that a deletion has, in seconds; undefined for none: it goes at once. Only for resources with graceful deletion. */
  readonly graceSeconds?: (object: ApiObject, asked: number | undefined) => number | undefined;
  /** What a deletion is warned of that does not say what becomes of dependents. */
  readonly propagationWarning?: string;
}
