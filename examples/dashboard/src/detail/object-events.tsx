import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { events } from "../live/collections.ts";
import { Badge } from "../status/badge.tsx";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { toEventRow, useNewestFirst } from "../views/events.tsx";
import type { AnyObject } from "./followed.ts";

/** What happened to the object, newest first. */
export function ObjectEvents({ object }: { readonly object: AnyObject }): JSX.Element {
  const { uid, namespace } = object.metadata;
  const { items, synced } = events.use(namespace);
  const rows = useNewestFirst(
    useMemo(() => items.filter(({ involvedObject }) => involvedObject.uid === uid).map(toEventRow), [items, uid]),
  );
  const now = useNow();
  if (!synced) return <p class="empty reading">Reading events …</p>;
  if (rows.length === 0) return <p class="empty">Nothing has been told about it lately.</p>;
  return (
    <ol class="pane happenings">
      {rows.map(({ event, time }) => (
        <li key={event.metadata.uid}>
          <Badge state={{ mood: event.type === "Warning" ? "bad" : "idle", text: event.reason ?? "" }} />
          <span class="quiet">{age(time, now)} ago</span>
          <p>{event.message}</p>
        </li>
      ))}
    </ol>
  );
}
