import { apiVersionOf, type RecordedCollection } from "../recording.ts";
import type { Words } from "./shapes.ts";
import type { Said } from "./status.ts";

/** The API server's JSON: built-in kinds as their Go types, custom resources with their keys sorted. */
export function jsonWords(about: RecordedCollection): Words {
  const { kind, plural } = about;
  const apiVersion = apiVersionOf(about);
  const builtIn = about.group === "";
  const event = (type: string, object: object): Uint8Array =>
    Buffer.from(`{"type":"${type}","object":${JSON.stringify(object)}}\n`);
  return {
    type: "application/json",
    watchType: "application/json",
    list(items, { version, continue: token, remaining }) {
      const resourceVersion = String(version);
      if (builtIn) {
        const metadata = JSON.stringify({ resourceVersion, continue: token, remainingItemCount: remaining });
        const head = `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${metadata},"items":[`;
        return Buffer.concat([Buffer.from(head), items, Buffer.from("]}\n")]);
      }
      const metadata = JSON.stringify({ continue: token ?? "", remainingItemCount: remaining, resourceVersion });
      const tail = `],"kind":"${kind}List","metadata":${metadata}}\n`;
      return Buffer.concat([Buffer.from(`{"apiVersion":"${apiVersion}","items":[`), items, Buffer.from(tail)]);
    },
    bookmark(version, end) {
      const annotations = end ? { "k8s.io/initial-events-end": "true" } : undefined;
      const resourceVersion = String(version);
      if (!builtIn) return event("BOOKMARK", { apiVersion, kind, metadata: { annotations, resourceVersion } });
      // What a Go type has and does not leave out when it is empty.
      const empty = plural === "events" ? emptyEvent : {};
      return event("BOOKMARK", { kind, apiVersion, metadata: { resourceVersion, annotations }, ...empty });
    },
    error: (said) => event("ERROR", statusOf(said)),
    status: (said) => Buffer.from(`${JSON.stringify(statusOf(said))}\n`),
  };
}

function statusOf({ metadata, message, reason, details, code }: Said): object {
  return { kind: "Status", apiVersion: "v1", metadata, status: "Failure", message, reason, details, code };
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
