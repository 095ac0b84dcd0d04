import { isReady } from "@kubewright/core";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { hrefOf, isOpen, type Route } from "../app/route.ts";
import { type NodeItem, nodes, pods } from "../live/collections.ts";
import { perObject } from "../live/per-object.ts";
import { Badge } from "../status/badge.tsx";
import type { State } from "../status/mood.ts";
import { type Column, DataTable } from "../table/data-table.tsx";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { plural } from "../text/plural.ts";
import { labelText, searchText } from "../text/search.ts";
import { Nothing } from "./nothing.tsx";
import { useRows } from "./use-rows.ts";
import { ViewHead } from "./view-head.tsx";

interface NodeRow {
  readonly node: NodeItem;
  readonly state: State;
  readonly text: string;
}

function nodeState(node: NodeItem): State {
  if (!isReady(node)) return { mood: "bad", text: "Not ready" };
  return node.spec.unschedulable === true ? { mood: "busy", text: "Cordoned" } : { mood: "good", text: "Ready" };
}

export const toNodeRow = perObject((node: NodeItem): NodeRow => {
  const state = nodeState(node);
  return { node, state, text: searchText(node.metadata.name, state.text, labelText(node.metadata.labels)) };
});

/** The machines, and how many pods they carry. */
export function NodesView({ route }: { readonly route: Route }): JSX.Element {
  const snapshot = nodes.use(undefined);
  const rows = useRows(snapshot.items, toNodeRow, route.search);
  const { items } = pods.use(route.namespace);
  const loads = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { spec } of items) if (spec.nodeName) counts.set(spec.nodeName, (counts.get(spec.nodeName) ?? 0) + 1);
    return counts;
  }, [items]);
  const now = useNow();
  const columns: readonly Column<NodeRow>[] = [
    {
      title: "Name",
      width: "minmax(9rem, 2fr)",
      narrow: "first",
      order: ({ node }) => node.metadata.name,
      cell: ({ node }) => node.metadata.name,
    },
    {
      title: "Status",
      width: "minmax(7rem, 1fr)",
      narrow: "second",
      order: ({ state }) => state.text,
      cell: ({ state }) => <Badge state={state} />,
    },
    {
      title: "Zone",
      width: "minmax(5rem, 1fr)",
      narrow: "none",
      order: ({ node }) => node.metadata.labels?.["topology.kubernetes.io/zone"] ?? "",
      cell: ({ node }) => node.metadata.labels?.["topology.kubernetes.io/zone"] ?? "",
    },
    {
      title: "Pods",
      width: "6rem",
      narrow: "second",
      numeric: true,
      order: ({ node }) => loads.get(node.metadata.name) ?? 0,
      cell: ({ node }) => loads.get(node.metadata.name) ?? 0,
    },
    {
      title: "CPU",
      width: "5rem",
      narrow: "none",
      numeric: true,
      cell: ({ node }) => String(node.status.capacity?.["cpu"] ?? ""),
    },
    {
      title: "Memory",
      width: "6rem",
      narrow: "none",
      numeric: true,
      cell: ({ node }) => String(node.status.capacity?.["memory"] ?? ""),
    },
    {
      title: "Age",
      width: "4.5rem",
      narrow: "none",
      numeric: true,
      order: ({ node }) => -Date.parse(node.metadata.creationTimestamp),
      cell: ({ node }) => age(node.metadata.creationTimestamp, now),
    },
  ];
  return (
    <section class="view">
      <ViewHead title="Nodes" known={snapshot.synced} search={route.search}>
        {plural(rows.length, "node")}
      </ViewHead>
      <DataTable
        label="Nodes"
        columns={columns}
        rows={rows}
        keyOf={({ node }) => node.metadata.uid}
        hrefOf={({ node }) =>
          hrefOf({ ...route, open: { plural: "nodes", namespace: undefined, name: node.metadata.name } })
        }
        current={rows.find(({ node }) => isOpen(route, "nodes", { name: node.metadata.name }))?.node.metadata.uid}
        empty={<Nothing snapshot={snapshot} what="nodes" namespace={undefined} search={route.search} />}
      />
    </section>
  );
}
