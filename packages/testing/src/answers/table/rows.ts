import type { Column, ResourceInfo, SubresourceInfo } from "../../knowledge/resource-info.ts";
import { keptGroupOf } from "../../objects/versions.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { age, type Cell, createdAt, name } from "./cell.ts";
import { cluster } from "./kinds/cluster.ts";
import { config } from "./kinds/config.ts";
import { horizontalPodAutoscaler } from "./kinds/horizontal-pod-autoscaler.ts";
import { network } from "./kinds/network.ts";
import { pod } from "./kinds/pod.ts";
import { storage } from "./kinds/storage.ts";
import { scale, workloads } from "./kinds/workloads.ts";

/** The rows of a kind. */
export interface RowRules {
  /** One for each of the kind's columns. */
  readonly cells: readonly Cell[];
  /** What else is said of an object's row. */
  readonly conditions?: (object: ApiObject) => readonly object[] | undefined;
}

/** By the group in which objects are kept and plural; of the core group by plural. */
const kinds: Readonly<Record<string, RowRules>> = {
  pods: pod,
  "autoscaling/horizontalpodautoscalers": horizontalPodAutoscaler,
  ...Object.fromEntries(
    Object.entries({ ...workloads, ...config, ...network, ...storage, ...cluster }).map(([kind, cells]) => [
      kind,
      { cells },
    ]),
  ),
};

/** The cells that any kind can have, by their columns. */
const always: Readonly<Record<string, Cell>> = { Name: name, Age: age, "Created At": createdAt };

/** The columns of a kind, and what stands in them. */
export interface Rows extends RowRules {
  readonly columns: readonly Column[];
}

/** Those of a resource or its subresource; of a kind that has no rules here, its name and age. */
export function rowsOf(resource: ResourceInfo, subresource: SubresourceInfo | undefined): Rows {
  const shown = subresource?.columns ?? resource.columns ?? [];
  const group = keptGroupOf(resource);
  const { plural } = resource;
  const rules = subresource?.name === "scale" ? { cells: scale } : kinds[group === "" ? plural : `${group}/${plural}`];
  if (rules !== undefined) return { columns: shown, ...rules };
  const columns = shown.filter((column) => Object.hasOwn(always, column.name));
  return { columns, cells: columns.map((column) => always[column.name]!) };
}
