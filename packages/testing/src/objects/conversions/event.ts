import type { Conversion, Fields } from "./conversion.ts";

/** The names in events.k8s.io/v1 of what core/v1 calls otherwise (k8s.io/kubernetes pkg/apis/events/v1/conversion.go). */
const names: Readonly<Record<string, string>> = {
  regarding: "involvedObject",
  note: "message",
  reportingController: "reportingComponent",
  deprecatedSource: "source",
  deprecatedFirstTimestamp: "firstTimestamp",
  deprecatedLastTimestamp: "lastTimestamp",
  deprecatedCount: "count",
};
const namesInCore: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(names).map(([name, core]) => [core, name]),
);

function renamed(object: Fields, by: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [by[name] ?? name, value]));
}

/** Events of events.k8s.io/v1, which are kept as those of the core group. */
export const eventConversion: Conversion = {
  toKept: (event) => renamed(event, names),
  fromKept: (event) => renamed(event, namesInCore),
};
