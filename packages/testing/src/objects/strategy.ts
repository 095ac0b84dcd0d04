import type { Cause } from "../answers/refusal.ts";
import type { ServerState } from "../serving/state.ts";
import type { ApiObject } from "./api-object.ts";

/** An object on its way into the store; it belongs to the call that makes it. */
export type Draft = {
  apiVersion: string;
  kind: string;
  metadata: Record<string, unknown> & { name?: string; namespace?: string };
  [field: string]: unknown;
};

/** What a step knows of the call. */
export interface WriteContext {
  readonly state: ServerState;
  readonly namespace: string | undefined;
  /** The user who writes. */
  readonly user: string;
  readonly dryRun: boolean;
  /** Adds a Warning header. */
  warn(text: string): void;
}

/**
 * What the server does with objects of one kind beside what it does with all, in the order in which a write goes through it; as the
 * strategies and admission plugins of the real one.
 */
export interface Strategy {
  /** Admission: fills in what clusters add, before the object is prepared. @throws Refusal */
  readonly admit?: (draft: Draft, context: WriteContext) => void;
  /** Sets what belongs to the server, and takes away what writers may not set. */
  readonly prepareForCreate?: (draft: Draft, context: WriteContext) => void;
  /** Likewise; `old` is what stands there. */
  readonly prepareForUpdate?: (draft: Draft, old: ApiObject, context: WriteContext) => void;
  /** What is wrong with a new object, beside its metadata, required fields and enums. */
  readonly validate?: (object: Draft, context: WriteContext) => readonly Cause[];
  /** What is wrong with a change. */
  readonly validateUpdate?: (object: Draft, old: ApiObject, context: WriteContext) => readonly Cause[];
}
