import { badRequest, type Grouped } from "../exchange/refusal.ts";
import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import type { Draft } from "../objects/draft.ts";
import { keptGroupOf } from "../objects/versions.ts";
import { strategyOf } from "../strategies/strategies.ts";
import type { Strategy, WriteContext } from "../strategies/strategy.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import type { Collection } from "../store/collection.ts";
import { keyOf } from "../store/key.ts";
import { readWriteOptions, type WriteOptions } from "../validation/write-options.ts";

/** A call that writes, with all that its steps need. */
export interface WriteCall {
  readonly call: Call;
  readonly state: ServerState;
  readonly collection: Collection;
  readonly strategy: Strategy;
  readonly context: WriteContext;
  readonly options: WriteOptions;
  /** As errors name it: `pods`, `deployments.apps`. */
  readonly resource: Grouped;
  /** As errors of validation name it: `Pod`, `Deployment.apps`. */
  readonly kind: Grouped;
  /** What the rules of writing say: those of the subresource, where the call is about one. */
  readonly rules: ResourceInfo | SubresourceInfo;
}

/** Begins one. @throws Refusal for options that are none */
export function writeCall(call: Call, state: ServerState): WriteCall {
  const { resource, namespace } = call;
  const options = readWriteOptions(call.query, call.verb);
  return {
    options,
    call,
    state,
    // What keeps nothing has none.
    get collection() {
      return state.collection(resource);
    },
    strategy: strategyOf(resource, call.subresource),
    context: {
      state,
      namespace,
      user: call.user,
      dryRun: options.dryRun,
      warn: call.warn,
    },
    resource: { group: resource.group, name: resource.plural },
    kind: { group: keptGroupOf(resource), name: resource.kind },
    rules: call.subresource ?? resource,
  };
}

/** Where the call's object stands, by default the one that it names. */
export function keyIn({ call }: WriteCall, name: string = call.name ?? ""): string {
  return keyOf(call.namespace, name);
}

/** The namespace of the path is the object's; another one is refused. */
export function placeInNamespace({ metadata }: Draft, { call: { namespace } }: WriteCall): void {
  if (namespace === undefined) delete metadata.namespace;
  else if (metadata.namespace === undefined || metadata.namespace === "") metadata.namespace = namespace;
  else if (metadata.namespace !== namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}

/** The name of the path is the object's. @throws Refusal 400 (k8s.io/apiserver pkg/endpoints/handlers/rest.go, checkName) */
export function checkName({ metadata }: Draft, { call }: WriteCall): void {
  const { name = "" } = metadata;
  const asked = call.name ?? "";
  if (name === "")
    throw badRequest(`the name of the object (${asked} based on URL) was undeterminable: name must be provided`);
  if (name !== asked)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${asked})`);
}
