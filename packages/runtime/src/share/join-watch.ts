import type { ResourceSource } from "@kubewright/core";
import type { WatchSettings } from "../watch/watch-settings.ts";
import type { Consumer, Join, Membership } from "./consumer.ts";
import type { Hold } from "./held.ts";

/**
 * Joins the watch that the connection has of this collection, with these settings, as this identity and holding the same of each object;
 * starts it where there is none. What is told first is told a microtask later, or when the collection was read.
 */
export declare function joinWatch<V>(
  source: ResourceSource,
  settings: WatchSettings,
  hold: Hold<V>,
  join: Join,
  consumer: Consumer<V>,
): Membership<V>;
