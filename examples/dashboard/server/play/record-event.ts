import { randomBytes } from "node:crypto";
import type { Cluster } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

/** What an event is about. */
export interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid: string };
}

/** Tells what happened to an object. */
export type RecordEvent = (
  subject: Subject,
  reason: string,
  message: string,
  type?: "Normal" | "Warning",
) => Promise<void>;

/** The real server forgets events after an hour; here the last so many are kept. */
const kept = 500;

/** A recorder for events that come from `component`. */
export function eventRecorder(cluster: Cluster, component: string): RecordEvent {
  const { events } = cluster.api(CoreV1);
  const written: { readonly namespace: string; readonly name: string }[] = [];
  return async ({ apiVersion, kind, metadata }, reason, message, type = "Normal") => {
    const { namespace = "default" } = metadata;
    const now = new Date().toISOString().replace(/\.\d+Z/, "Z");
    const name = `${metadata.name}.${randomBytes(8).toString("hex")}`;
    await events.in(namespace).create({
      metadata: { name },
      involvedObject: { apiVersion, kind, namespace, name: metadata.name, uid: metadata.uid },
      reason,
      message,
      type,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: { component },
    });
    written.push({ namespace, name });
    const oldest = written.length > kept ? written.shift() : undefined;
    if (oldest !== undefined) await events.in(oldest.namespace).delete(oldest.name);
  };
}
