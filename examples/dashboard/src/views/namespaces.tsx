import type { JSX } from "preact";
import { hrefOf, type Route } from "../app/route.ts";
import { type NamespaceItem, namespaces } from "../live/collections.ts";
import { perObject } from "../live/per-object.ts";
import { Badge } from "../status/badge.tsx";
import type { State } from "../status/mood.ts";
import { type Column, DataTable } from "../table/data-table.tsx";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { plural } from "../text/plural.ts";
import { labelText, searchText } from "../text/search.ts";
import { Nothing } from "./nothing.tsx";
import { usePodCounts } from "./pod-counts.ts";
import { PodMix } from "./pod-mix.tsx";
import { useRows } from "./use-rows.ts";
import { ViewHead } from "./view-head.tsx";

interface NamespaceRow {
  readonly namespace: NamespaceItem;
  readonly state: State;
  readonly text: string;
}

const toRow = perObject((namespace: NamespaceItem): NamespaceRow => {
  const text = namespace.status.phase ?? "Active";
  const state: State = { mood: text === "Active" ? "good" : "busy", text };
  const { name, labels } = namespace.metadata;
  return { namespace, state, text: searchText(name, text, labelText(labels)) };
});

/** The namespaces; each leads to its workloads. */
export function NamespacesView({ route }: { readonly route: Route }): JSX.Element {
  const snapshot = namespaces.use(undefined);
  const rows = useRows(snapshot.items, toRow, route.search);
  const counts = usePodCounts(undefined);
  const now = useNow();
  const columns: readonly Column<NamespaceRow>[] = [
    {
      title: "Name",
      width: "minmax(10rem, 2fr)",
      narrow: "first",
      order: ({ namespace }) => namespace.metadata.name,
      cell: ({ namespace }) => namespace.metadata.name,
    },
    {
      title: "Status",
      width: "minmax(8rem, 1fr)",
      narrow: "second",
      order: ({ state }) => state.text,
      cell: ({ state }) => <Badge state={state} />,
    },
    {
      title: "Pods",
      width: "minmax(10rem, 2fr)",
      narrow: "second",
      order: ({ namespace }) => counts.get(namespace.metadata.name)?.all ?? 0,
      cell: ({ namespace }) => <PodMix counts={counts.get(namespace.metadata.name)} />,
    },
    {
      title: "Age",
      width: "4.5rem",
      narrow: "none",
      numeric: true,
      order: ({ namespace }) => -Date.parse(namespace.metadata.creationTimestamp),
      cell: ({ namespace }) => age(namespace.metadata.creationTimestamp, now),
    },
  ];
  return (
    <section class="view">
      <ViewHead title="Namespaces" known={snapshot.synced} search={route.search}>
        {plural(rows.length, "namespace")}
      </ViewHead>
      <DataTable
        label="Namespaces"
        columns={columns}
        rows={rows}
        keyOf={({ namespace }) => namespace.metadata.uid}
        hrefOf={({ namespace }) =>
          hrefOf({ ...route, view: "workloads", namespace: namespace.metadata.name, search: "", open: undefined })
        }
        empty={<Nothing snapshot={snapshot} what="namespaces" namespace={undefined} search={route.search} />}
      />
    </section>
  );
}
