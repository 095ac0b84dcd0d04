import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { hrefOf, type Opened, type Route } from "../app/route.ts";
import { type EventItem, events } from "../live/collections.ts";
import { perObject } from "../live/per-object.ts";
import { Badge } from "../status/badge.tsx";
import { type Column, DataTable } from "../table/data-table.tsx";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { plural } from "../text/plural.ts";
import { searchText } from "../text/search.ts";
import { Named } from "./named.tsx";
import { Nothing } from "./nothing.tsx";
import { useRows } from "./use-rows.ts";
import { ViewHead } from "./view-head.tsx";

export interface EventRow {
  readonly event: EventItem;
  readonly time: string;
  readonly text: string;
}

export const toEventRow = perObject((event: EventItem): EventRow => {
  const {
    reason,
    message,
    type,
    involvedObject: { kind, name },
    metadata,
  } = event;
  const time = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? metadata.creationTimestamp;
  return { event, time, text: searchText(reason, message, type, kind, name, metadata.namespace) };
});

/** What an event is about, if the dashboard can open it. */
export function subjectOf({ involvedObject }: EventItem): Opened | undefined {
  const { kind = "", namespace, name } = involvedObject;
  if (name === undefined) return undefined;
  return openable.has(kind) ? { plural: `${kind.toLowerCase()}s`, namespace, name } : undefined;
}

const openable = new Set(["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job"]);

/** Newest first. */
export function useNewestFirst(rows: readonly EventRow[]): readonly EventRow[] {
  return useMemo(
    () => rows.toSorted((one, other) => (one.time < other.time ? 1 : one.time > other.time ? -1 : 0)),
    [rows],
  );
}

/** What happened, newest first. */
export function EventsView({ route }: { readonly route: Route }): JSX.Element {
  const snapshot = events.use(route.namespace);
  const rows = useNewestFirst(useRows(snapshot.items, toEventRow, route.search));
  const now = useNow();
  const warnings = rows.filter(({ event }) => event.type === "Warning").length;
  const columns: readonly Column<EventRow>[] = [
    {
      title: "Object",
      width: "minmax(11rem, 1.6fr)",
      narrow: "first",
      cell: ({
        event: {
          involvedObject: { kind, name = "", namespace },
        },
      }) => (
        <span>
          <span class="kind">{kind}</span>{" "}
          <Named name={name} namespace={route.namespace === undefined ? namespace : undefined} />
        </span>
      ),
    },
    {
      title: "Reason",
      width: "minmax(8rem, 1fr)",
      narrow: "second",
      cell: ({ event: { type, reason = "" } }) => (
        <Badge state={{ mood: type === "Warning" ? "bad" : "idle", text: reason }} />
      ),
    },
    {
      title: "Message",
      width: "minmax(10rem, 3fr)",
      narrow: "second",
      cell: ({ event }) => <span class="quiet">{event.message}</span>,
    },
    { title: "Seen", width: "4.5rem", narrow: "none", numeric: true, cell: ({ time }) => age(time, now) },
  ];
  return (
    <section class="view">
      <ViewHead title="Events" known={snapshot.synced} search={route.search}>
        {plural(rows.length, "event")}
        {warnings > 0 && <span class="bad-note"> · {plural(warnings, "warning")}</span>}
      </ViewHead>
      <DataTable
        label="Events"
        columns={columns}
        rows={rows}
        keyOf={({ event }) => event.metadata.uid}
        hrefOf={({ event }) =>
          hrefOf({
            ...route,
            open: subjectOf(event) ?? {
              plural: "events",
              namespace: event.metadata.namespace,
              name: event.metadata.name,
            },
          })
        }
        empty={<Nothing snapshot={snapshot} what="events" namespace={route.namespace} search={route.search} />}
      />
    </section>
  );
}
