import type { Snapshot } from "@kubewright/browser";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { hrefOf, isOpen, type Route } from "../app/route.ts";
import { daemonSets, deployments, jobs, statefulSets, type WorkloadItem } from "../live/collections.ts";
import { perObject } from "../live/per-object.ts";
import { Badge, ReadyBar } from "../status/badge.tsx";
import type { State } from "../status/mood.ts";
import { replicasOf, workloadState } from "../status/workload-state.ts";
import { type Column, DataTable } from "../table/data-table.tsx";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { plural } from "../text/plural.ts";
import { labelText, searchText } from "../text/search.ts";
import { CutName, nameText } from "./named.tsx";
import { Nothing } from "./nothing.tsx";
import { useRows } from "./use-rows.ts";
import { ViewHead } from "./view-head.tsx";

interface WorkloadRow {
  readonly workload: WorkloadItem;
  readonly plural: string;
  readonly state: State & { readonly why: string };
  readonly ready: number;
  readonly wanted: number;
  readonly images: string;
  readonly text: string;
}

const toRow = perObject((workload: WorkloadItem): WorkloadRow => {
  const state = workloadState(workload);
  const { name, namespace, labels } = workload.metadata;
  const images = (workload.spec.template.spec?.containers ?? []).map(({ image = "" }) => shortImage(image)).join(", ");
  return {
    workload,
    plural: `${workload.kind.toLowerCase()}s`,
    state,
    ...replicasOf(workload),
    images,
    text: searchText(name, namespace, workload.kind, state.text, images, labelText(labels)),
  };
});

/** `registry.example/team/web:1.2` becomes `web:1.2`. */
function shortImage(image: string): string {
  return image.replace(/^.*\//, "").replace(/@sha256:(\w{7})\w*$/, "@$1");
}

/** All workloads of a namespace, from four collections, as one. */
export function useWorkloads(namespace: string | undefined): Snapshot<WorkloadItem> {
  const all = [deployments.use(namespace), statefulSets.use(namespace), daemonSets.use(namespace), jobs.use(namespace)];
  const lists = all.map(({ items }): readonly WorkloadItem[] => items);
  const items = useMemo(() => lists.flat(), lists);
  const unread = all.find(({ synced }) => !synced);
  return {
    items,
    synced: unread === undefined,
    state: unread?.state ?? "streaming",
    error: all.find(({ error }) => error)?.error,
  };
}

/** Deployments, stateful sets, daemon sets and jobs. */
export function WorkloadsView({ route }: { readonly route: Route }): JSX.Element {
  const snapshot = useWorkloads(route.namespace);
  const rows = useRows(snapshot.items, toRow, route.search);
  const now = useNow();
  const everywhere = route.namespace === undefined;
  const unwell = rows.filter(({ state }) => state.mood === "bad").length;
  const columns: readonly Column<WorkloadRow>[] = [
    {
      title: "Name",
      width: "minmax(9rem, 2fr)",
      narrow: "first",
      order: ({ workload }) => workload.metadata.name,
      cell: ({ workload: { metadata } }) => (
        <CutName name={metadata.name} namespace={everywhere ? metadata.namespace : undefined} />
      ),
    },
    {
      title: "Kind",
      width: "6.5rem",
      narrow: "second",
      order: ({ workload }) => workload.kind,
      cell: ({ workload }) => <span class="kind">{workload.kind}</span>,
    },
    {
      title: "Status",
      width: "minmax(7.5rem, 1fr)",
      narrow: "second",
      order: ({ state }) => state.text,
      cell: ({ state }) => (
        <span title={state.why || undefined}>
          <Badge state={state} />
        </span>
      ),
    },
    {
      title: "Ready",
      width: "6.5rem",
      narrow: "second",
      order: ({ ready, wanted }) => ready / (wanted || 1),
      cell: ({ ready, wanted }) => <ReadyBar ready={ready} wanted={wanted} />,
    },
    {
      title: "Images",
      width: "minmax(8rem, 2fr)",
      narrow: "none",
      order: ({ images }) => images,
      cell: ({ images }) => <span class="quiet">{images}</span>,
    },
    {
      title: "Age",
      width: "4rem",
      narrow: "none",
      numeric: true,
      order: ({ workload }) => -Date.parse(workload.metadata.creationTimestamp),
      cell: ({ workload }) => age(workload.metadata.creationTimestamp, now),
    },
  ];
  return (
    <section class="view">
      <ViewHead title="Workloads" known={snapshot.synced} search={route.search}>
        {plural(rows.length, "workload")}
        {unwell > 0 && <span class="bad-note"> · {unwell} in trouble</span>}
      </ViewHead>
      <DataTable
        label="Workloads"
        columns={columns}
        rows={rows}
        keyOf={({ workload }) => workload.metadata.uid}
        hrefOf={({ workload: { metadata }, plural }) =>
          hrefOf({ ...route, open: { plural, namespace: metadata.namespace, name: metadata.name } })
        }
        linkNameOf={({ workload: { metadata } }) =>
          nameText({ name: metadata.name, namespace: everywhere ? metadata.namespace : undefined })
        }
        current={rows.find(({ workload, plural }) => isOpen(route, plural, workload.metadata))?.workload.metadata.uid}
        empty={<Nothing snapshot={snapshot} what="workloads" namespace={route.namespace} search={route.search} />}
      />
    </section>
  );
}
