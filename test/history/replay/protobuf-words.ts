import { envelope, frame, type GivenField, joined, message } from "../../support/protobuf-wire.ts";
import { apiVersionOf, type RecordedCollection } from "../recording.ts";
import type { ListMetadata, Words } from "./shapes.ts";
import type { Details, Said } from "./status.ts";

const type = "application/vnd.kubernetes.protobuf";

/** The API server's protobuf: Go writes every field that is no pointer, list or map, empty ones too. */
export function protobufWords(about: RecordedCollection): Words {
  const { kind, plural } = about;
  const apiVersion = apiVersionOf(about);
  return {
    type,
    watchType: `${type};stream=watch`,
    list(items, metadata) {
      const raw = joined([message([1, listMetadata(metadata)]), items]);
      return envelope({ apiVersion, kind: `${kind}List`, raw });
    },
    bookmark(version, end) {
      const names: readonly GivenField[] = [1, 2, 3, 4, 5].map((number) => [number, ""]);
      const annotations: readonly GivenField[] = end
        ? [[12, message([1, "k8s.io/initial-events-end"], [2, "true"])]]
        : [];
      const metadata = message(...names, [6, String(version)], [7, 0], [8, ""], ...annotations);
      const empty = plural === "events" ? emptyEvent : [];
      return frame("BOOKMARK", envelope({ apiVersion, kind, raw: message([1, metadata], ...empty) }));
    },
    error: (said) => frame("ERROR", statusOf(said)),
    status: statusOf,
  };
}

function listMetadata({ version, continue: token = "", remaining }: ListMetadata): Uint8Array {
  const count: readonly GivenField[] = remaining === undefined ? [] : [[4, remaining]];
  return message([1, ""], [2, String(version)], [3, token], ...count);
}

function statusOf({ metadata, message: text, reason = "", details, code }: Said): Uint8Array {
  const list = message([1, ""], [2, ""], [3, metadata.continue ?? ""]);
  const more: readonly GivenField[] = details === undefined ? [] : [[5, detailsOf(details)]];
  const raw = message([1, list], [2, "Failure"], [3, text], [4, reason], ...more, [6, code]);
  return envelope({ apiVersion: "v1", kind: "Status", raw });
}

function detailsOf({ group = "", kind = "", causes = [], retryAfterSeconds = 0 }: Details): Uint8Array {
  const each = causes.map(({ reason, message: text, field = "" }): GivenField => [
    4,
    message([1, reason], [2, text], [3, field]),
  ]);
  return message([1, ""], [2, group], [3, kind], ...each, [5, retryAfterSeconds], [6, ""]);
}

const none: readonly GivenField[] = [1, 2, 3, 4, 5, 6, 7].map((number) => [number, ""]);

const emptyEvent: readonly GivenField[] = [
  [2, message(...none)],
  [3, ""],
  [4, ""],
  [5, message([1, ""], [2, ""])],
  [6, ""],
  [7, ""],
  [8, 0],
  [9, ""],
  [10, ""],
  [12, ""],
  [14, ""],
  [15, ""],
];
