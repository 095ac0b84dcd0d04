import type { JSX } from "preact";
import { hrefOf, isOpen, type Route } from "../app/route.ts";
import { pods, type PodItem } from "../live/collections.ts";
import { perObject } from "../live/per-object.ts";
import { Badge, ContainerCells } from "../status/badge.tsx";
import { type ContainerState, containerStates, podState, restartsOf } from "../status/pod-state.ts";
import type { State } from "../status/mood.ts";
import { type Column, DataTable } from "../table/data-table.tsx";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { plural } from "../text/plural.ts";
import { labelText, searchText } from "../text/search.ts";
import { CutName, nameText } from "./named.tsx";
import { Nothing } from "./nothing.tsx";
import { useRows } from "./use-rows.ts";
import { ViewHead } from "./view-head.tsx";

interface PodRow {
  readonly pod: PodItem;
  readonly state: State;
  readonly containers: readonly ContainerState[];
  readonly restarts: number;
  readonly text: string;
}

const toRow = perObject((pod: PodItem): PodRow => {
  const state = podState(pod);
  const { name, namespace, labels } = pod.metadata;
  return {
    pod,
    state,
    containers: containerStates(pod),
    restarts: restartsOf(pod),
    text: searchText(name, namespace, state.text, pod.spec.nodeName, pod.status.podIP, labelText(labels)),
  };
});

/** All pods, live. */
export function PodsView({ route }: { readonly route: Route }): JSX.Element {
  const snapshot = pods.use(route.namespace);
  const rows = useRows(snapshot.items, toRow, route.search);
  const now = useNow();
  const unwell = rows.filter(({ state }) => state.mood === "bad").length;
  return (
    <section class="view">
      <ViewHead title="Pods" known={snapshot.synced} search={route.search}>
        {plural(rows.length, "pod")}
        {unwell > 0 && <span class="bad-note"> · {unwell} in trouble</span>}
      </ViewHead>
      <PodTable
        route={route}
        rows={rows}
        now={now}
        empty={<Nothing snapshot={snapshot} what="pods" namespace={route.namespace} search={route.search} />}
      />
    </section>
  );
}

interface PodTableProps {
  readonly route: Route;
  readonly rows: readonly PodRow[];
  readonly now: number;
  readonly empty: JSX.Element;
}

function PodTable({ route, rows, now, empty }: PodTableProps): JSX.Element {
  const everywhere = route.namespace === undefined;
  const columns: readonly Column<PodRow>[] = [
    {
      title: "Name",
      width: "minmax(9.5rem, 3fr)",
      narrow: "first",
      order: ({ pod }) => pod.metadata.name,
      cell: ({ pod }) => (
        <CutName name={pod.metadata.name} namespace={everywhere ? pod.metadata.namespace : undefined} />
      ),
    },
    {
      title: "Status",
      width: "minmax(9.5rem, 1.2fr)",
      narrow: "second",
      order: ({ state }) => state.text,
      cell: ({ state }) => <Badge state={state} />,
    },
    {
      title: "Ready",
      width: "5.5rem",
      narrow: "second",
      order: ({ containers }) => containers.filter(({ mood }) => mood === "good").length / (containers.length || 1),
      cell: ({ containers }) => <ContainerCells states={containers} />,
    },
    {
      title: "Restarts",
      width: "5.5rem",
      narrow: "none",
      numeric: true,
      order: ({ restarts }) => restarts,
      cell: ({ restarts }) => (restarts === 0 ? <span class="faint">0</span> : restarts),
    },
    {
      title: "Node",
      width: "minmax(7rem, 1fr)",
      narrow: "none",
      order: ({ pod }) => pod.spec.nodeName ?? "",
      cell: ({ pod }) => pod.spec.nodeName ?? <span class="faint">none yet</span>,
    },
    {
      title: "Age",
      width: "3.5rem",
      narrow: "second",
      numeric: true,
      order: ({ pod }) => -Date.parse(pod.metadata.creationTimestamp),
      cell: ({ pod }) => age(pod.metadata.creationTimestamp, now),
    },
  ];
  return (
    <DataTable
      label="Pods"
      columns={columns}
      rows={rows}
      keyOf={({ pod }) => pod.metadata.uid}
      hrefOf={({ pod: { metadata } }) =>
        hrefOf({ ...route, open: { plural: "pods", namespace: metadata.namespace, name: metadata.name } })
      }
      linkNameOf={({ pod: { metadata } }) =>
        nameText({ name: metadata.name, namespace: everywhere ? metadata.namespace : undefined })
      }
      current={rows.find(({ pod: { metadata } }) => isOpen(route, "pods", metadata))?.pod.metadata.uid}
      empty={empty}
    />
  );
}
