import type { RecordedCollection } from "../recording.ts";
import { itemText } from "../recording.ts";
import type { Held } from "./world.ts";

/** How the API server writes bodies: built-in kinds as their Go types, custom resources with their keys sorted. */
export interface Shapes {
  list(items: readonly Held[], metadata: ListMetadata): string;
  event(type: string, text: string): string;
  bookmark(version: number, end: boolean): string;
}

export interface ListMetadata {
  readonly version: number;
  readonly continue?: string | undefined;
  readonly remaining?: number | undefined;
}

export function shapesOf(about: RecordedCollection): Shapes {
  const { group, version, kind, plural } = about;
  const builtIn = group === "";
  const apiVersion = builtIn ? version : `${group}/${version}`;
  const event = (type: string, text: string): string => `{"type":"${type}","object":${text}}\n`;
  return {
    event,
    list(items, { version: listVersion, continue: token, remaining }) {
      const resourceVersion = String(listVersion);
      const texts = items.map((held) => itemText(held, about)).join(",");
      if (builtIn) {
        const metadata = JSON.stringify({ resourceVersion, continue: token, remainingItemCount: remaining });
        return `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${metadata},"items":[${texts}]}\n`;
      }
      const metadata = JSON.stringify({ continue: token ?? "", remainingItemCount: remaining, resourceVersion });
      return `{"apiVersion":"${apiVersion}","items":[${texts}],"kind":"${kind}List","metadata":${metadata}}\n`;
    },
    bookmark(bookmarkVersion, end) {
      const annotations = end ? { "k8s.io/initial-events-end": "true" } : undefined;
      const resourceVersion = String(bookmarkVersion);
      if (!builtIn)
        return event("BOOKMARK", JSON.stringify({ apiVersion, kind, metadata: { annotations, resourceVersion } }));
      // What a Go type has and does not leave out when it is empty.
      const empty = plural === "events" ? emptyEvent : {};
      return event(
        "BOOKMARK",
        JSON.stringify({ kind, apiVersion, metadata: { resourceVersion, annotations }, ...empty }),
      );
    },
  };
}

const emptyEvent = {
  involvedObject: {},
  source: {},
  firstTimestamp: null,
  lastTimestamp: null,
  eventTime: null,
  reportingComponent: "",
  reportingInstance: "",
};
