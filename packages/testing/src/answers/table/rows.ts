import type { ResourceInfo, SubresourceInfo } from "../../knowledge/resource-info.ts";
import type { ApiObject } from "../../store/api-object.ts";
import type { Cell } from "./cell.ts";
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

/** By group and plural; of the core group by plural. */
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

/** Those of a resource or its subresource; undefined for one that shows names and times only. */
export function rowsOf({ group, plural }: ResourceInfo, subresource?: SubresourceInfo): RowRules | undefined {
  if (subresource?.name === "scale") return { cells: scale };
  return kinds[group === "" ? plural : `${group}/${plural}`];
}
