import type { JSX } from "preact";
import { hrefOf, type Route } from "../app/route.ts";
import { events } from "../live/collections.ts";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { subjectOf, toEventRow, useNewestFirst } from "./events.tsx";
import { Nothing } from "./nothing.tsx";
import { useRows } from "./use-rows.ts";

/** How many of the last events are shown. */
const shown = 14;

/** What happened last. */
export function Latest({ route }: { readonly route: Route }): JSX.Element {
  const snapshot = events.use(route.namespace);
  const rows = useNewestFirst(useRows(snapshot.items, toEventRow, "")).slice(0, shown);
  const now = useNow();
  return (
    <section class="panel" aria-labelledby="latest-title">
      <h2 id="latest-title">
        Just now
        <a class="more" href={hrefOf({ ...route, view: "events", open: undefined })}>
          All events
        </a>
      </h2>
      {rows.length === 0 && <Nothing snapshot={snapshot} what="events" namespace={route.namespace} search="" />}
      <ol class="feed">
        {rows.map(({ event, time }) => {
          const subject = subjectOf(event);
          const { name = "" } = event.involvedObject;
          return (
            <li key={event.metadata.uid} class={event.type === "Warning" ? "bad" : undefined}>
              <span class="feed-time">{age(time, now)}</span>
              <span class="feed-text">
                <span class="feed-reason">{event.reason}</span>{" "}
                {subject === undefined ? name : <a href={hrefOf({ ...route, open: subject })}>{name}</a>}
                <span class="quiet feed-message">{event.message}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
