import type { ApiObject } from "../../store/api-object.ts";
import { equalValues } from "../../objects/equal-values.ts";
import type { Draft } from "../../objects/draft.ts";
import { type Causes, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongChange, wrongForm } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongQualifiedName } from "../../validation/forms.ts";
import { type InternalField, internalForm } from "../../validation/internal-form.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/core/validation/events.go. Events are kept as those of the core group, by whose names their fields are called.

/** Events of the core group. */
export const coreEvents: Strategy = {
  validate: (draft) => [...wrongEvent(draft, "reportingComponent")],
  validateUpdate: (draft) => [...wrongEvent(draft, "reportingComponent")],
};

/** Events of events.k8s.io, about which the server is stricter. */
export const events: Strategy = {
  validate: (draft) => [...wrongEvent(draft, "reportingController"), ...wrongNewEvent(draft)],
  validateUpdate: (draft, old) => [...wrongEvent(draft, "reportingController"), ...wrongEventChange(draft, old)],
};

/** How long these may be, in bytes. */
const longest = { reportingInstance: 128, action: 128, reason: 128, message: 1024 } as const;

function hasTime(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** `controller`: what the version calls who reports. */
function* wrongEvent(event: Draft, controller: string): Causes {
  const { namespace = "" } = event.metadata;
  const involved = textIn(objectIn(event, "involvedObject"), "namespace");
  const elsewhere = invalidCause("involvedObject.namespace", involved, "does not match event.namespace");
  if (!hasTime(event["eventTime"])) {
    if (involved === "" ? namespace !== "default" : involved !== namespace) yield elsewhere;
    return;
  }
  if (involved === "" && namespace !== "default" && namespace !== "kube-system") yield elsewhere;
  const reporter = textIn(event, "reportingComponent");
  if (reporter === "") yield requiredCause(controller);
  yield* wrongForm(controller, reporter, wrongQualifiedName);
  for (const [field, most] of Object.entries(longest)) {
    const text = textIn(event, field);
    if (text === "" && field !== "message") yield requiredCause(field);
    if (new TextEncoder().encode(text).length > most)
      yield invalidCause(field, "", `can have at most ${most} characters`);
  }
}

function* wrongNewEvent(event: Draft): Causes {
  yield* wrongSeries(presentIn(event, "series"));
  if (!hasTime(event["eventTime"])) yield requiredCause("eventTime");
  const type = textIn(event, "type");
  if (type !== "Normal" && type !== "Warning") yield invalidCause("type", "", `has invalid value: ${type}`);
  const source = objectIn(event, "source");
  const isSet: Readonly<Record<string, boolean>> = {
    firstTimestamp: hasTime(event["firstTimestamp"]),
    lastTimestamp: hasTime(event["lastTimestamp"]),
    count: (numberIn(event, "count") ?? 0) !== 0,
    source: textIn(source, "component") !== "" || textIn(source, "host") !== "",
  };
  for (const [field, set] of Object.entries(isSet)) if (set) yield invalidCause(field, "", "needs to be unset");
}

function* wrongSeries(series: Fields | undefined): Causes {
  if (series === undefined) return;
  if ((numberIn(series, "count") ?? 0) < 2) yield invalidCause("series.count", "", "should be at least 2");
  if (!hasTime(series["lastObservedTime"])) yield requiredCause("series.lastObservedTime");
}

const reference: readonly InternalField[] = [
  { name: "Kind", zero: "" },
  { name: "Namespace", zero: "" },
  { name: "Name", zero: "" },
  { name: "UID", from: "uid", zero: "" },
  { name: "APIVersion", from: "apiVersion", zero: "" },
  { name: "ResourceVersion", zero: "" },
  { name: "FieldPath", zero: "" },
];
const source: readonly InternalField[] = [
  { name: "Component", zero: "" },
  { name: "Host", zero: "" },
];

/** What nobody may change, in the order in which the server looks, and how it is shown: structs, or else its zero value. */
const fixed: readonly (readonly [
  field: string,
  shown: readonly InternalField[] | string | number | null,
  as?: string,
])[] = [
  ["involvedObject", reference],
  ["reason", ""],
  ["message", ""],
  ["source", source],
  ["firstTimestamp", null],
  ["lastTimestamp", null],
  ["count", 0],
  ["reason", ""],
  ["type", ""],
  ["eventTime", null],
  ["action", ""],
  ["related", reference],
  ["reportingComponent", "", "reportingController"],
  ["reportingInstance", ""],
];

function* wrongEventChange(event: Draft, old: ApiObject): Causes {
  if (!equalValues(event["series"], old["series"])) yield* wrongSeries(presentIn(event, "series"));
  for (const [field, shown, as = field] of fixed) {
    const [value, before] = [event, old].map((one) =>
      Array.isArray(shown) ? internalForm(one[field], shown) : (one[field] ?? shown),
    );
    yield* wrongChange(as, value, before);
  }
}
