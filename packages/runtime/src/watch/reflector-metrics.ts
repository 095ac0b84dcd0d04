import type { Clock, MetricsSink, ResourceSource } from "@kubewright/core";
import { resourceName } from "./resource-name.ts";

/** Measures a watch that heals under the names of client-go's reflector. */
export interface ReflectorMeasures {
  /** A list begins; what it gives is called with the number of items when it is there. */
  list(): (items: number) => void;
  /** A watch begins; what it gives is called with the number of events when it has ended. */
  watch(): (events: number) => void;
}

const none: ReflectorMeasures = { list: () => () => {}, watch: () => () => {} };

/** The measures of one watch; nothing without a sink. Label `name`: the resource, such as `deployments.apps`. */
export function measure(sink: MetricsSink | undefined, clock: Clock, { resource }: ResourceSource): ReflectorMeasures {
  if (sink === undefined) return none;
  const labels = { name: resourceName(resource) };
  return {
    list() {
      const began = clock.now();
      return (items) => {
        sink.count("reflector_lists_total", labels);
        sink.observe("reflector_list_duration_seconds", (clock.now() - began) / 1000, labels);
        sink.observe("reflector_items_per_list", items, labels);
      };
    },
    watch() {
      const began = clock.now();
      sink.count("reflector_watches_total", labels);
      return (events) => {
        const lasted = clock.now() - began;
        if (lasted < 1000 && events === 0) sink.count("reflector_short_watches_total", labels);
        sink.observe("reflector_watch_duration_seconds", lasted / 1000, labels);
        sink.observe("reflector_items_per_watch", events, labels);
      };
    },
  };
}
