import type { RequestInfo } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import type { Clock } from "../time/clock.ts";
import type { WatchOptions } from "../types/options.ts";
import type { WatchEvent } from "../types/results.ts";
import type { AnyObject } from "./any-object.ts";

/** How far a watch has come, for another request to go on there. */
export interface WatchPosition {
  /** Called with each event, just before it is handed out. */
  told(event: WatchEvent<AnyObject>): void;
  /** The options of a watch that goes on without a gap and tells nothing twice. @throws StatusError, as of a version too old, where no watch can */
  goOn(request: RequestInfo): WatchOptions;
}

/** Begins with the watch. */
export function createWatchPosition(options: WatchOptions, clock: Clock): WatchPosition {
  const { resourceVersion: from, sendInitialEvents, timeoutSeconds } = options;
  const since = clock.now();
  // Objects as they were come first, in no order of versions: none of theirs says what is still missing.
  let initial = sendInitialEvents ?? (from === undefined || from === "" || from === "0");
  let any = false;
  let version: string | undefined;
  return {
    told({ type, object: { metadata } }) {
      any = true;
      if (type === "BOOKMARK" && (sendInitialEvents !== true || metadata.annotations?.[endOfInitial] === "true"))
        initial = false;
      version = initial ? undefined : metadata.resourceVersion;
    },
    goOn(request) {
      if (!any) return options;
      if (version === undefined) throw new StatusError(expired, 410, { request });
      const left = timeoutSeconds && Math.max(1, timeoutSeconds - Math.floor((clock.now() - since) / 1000));
      return {
        ...options,
        resourceVersion: version,
        resourceVersionMatch: undefined,
        sendInitialEvents: undefined,
        timeoutSeconds: left,
      };
    },
  };
}

const endOfInitial = "k8s.io/initial-events-end";

const expired = {
  apiVersion: "v1",
  kind: "Status",
  metadata: {},
  status: "Failure",
  reason: "Expired",
  code: 410,
  message:
    "the watch came upon what this version of Kubewright can only read as JSON, before it had told all objects; begin again, and it reads JSON",
} as const;
