import {
  callRules,
  createStream,
  optionsOf,
  queryOf,
  type ResourceView,
  type RulesFor,
  selectorRules,
  sourceOf,
  type Stream,
  text,
  withTexts,
} from "@kubewright/core";
import { joinWatch } from "../share/join-watch.ts";
import { checkVerbs } from "../watch/check-verbs.ts";
import type { RelayEvent } from "./relay-event.ts";
import type { RelayOptions } from "./relay-options.ts";
import { RelayReader } from "./relay-reader.ts";
import { asJson } from "./relayed-data.ts";

const relayRules: RulesFor<RelayOptions> = {
  ...selectorRules,
  impersonate: callRules.impersonate,
  token: callRules.token,
  signal: callRules.signal,
  resourceVersion: text,
  keep: callRules.signal,
};

/**
 * Follows a collection on the watch that its connection shares, and tells it in a form that can be handed on. A slow reader holds up
 * nobody: what waits for it is the newest change of each object, and versions never go backwards. Who comes with a version is told
 * what is newer; an object that changed since is `modified`, even if it was created since. Ends with an `error` where a watch would:
 * 410 for a version that is too old, or that the server cannot go on from; what the server refuses, with its Status.
 *
 * @throws InputError for a wrong option, and for a resource that cannot be both listed and watched
 */
export function relay(resource: ResourceView, options: RelayOptions = {}): Stream<RelayEvent> {
  const source = sourceOf(resource);
  const given = withTexts(optionsOf(options));
  queryOf(relayRules, given);
  checkVerbs(source);
  const { signal, resourceVersion, keep, ...chosen } = given;
  // To the API server, these mean any version.
  const from = resourceVersion === "" || resourceVersion === "0" ? undefined : resourceVersion;
  const settings = { ...chosen, wanted: { managedFields: true, select: undefined, shareStrings: false } };
  return createStream(
    (ended) => {
      const reader = new RelayReader(source, from);
      ended.addEventListener("abort", () => reader.stop());
      return reader.events(joinWatch(source, settings, asJson, { from, keep }, reader));
    },
    signal,
    () => ({ plural: source.resource.plural }),
  );
}
