import type { ObjectMeta, Status } from "../gen/meta-v1.ts";
import type { ClusterObject, NamespacedObject } from "./marks.ts";
import type { List } from "./object.ts";

/**
 * What a delete did, as the body says it: gone, with the server's `Status` or, for kinds that answer so, the object's last state;
 * or not yet, with the object that is still there because of finalizers or a grace period.
 */
export type DeleteResult<T> =
  | { readonly done: true; readonly status: Status; readonly object?: undefined }
  | { readonly done: true; readonly object: T; readonly status?: undefined }
  | { readonly done: false; readonly object: T; readonly status?: undefined };

/**
 * What a deleteCollection did: the list of the chosen objects as they were right before, some of which may still wait for finalizers
 * or a grace period; or only a `Status`, from servers that answer so. With `limit`, `metadata.continue` is there as long as objects
 * are left: pass it on to delete the next ones.
 */
export type DeleteCollectionResult<T> =
  | (List<T> & { readonly status?: undefined })
  | { readonly status: Status; readonly items?: undefined };

/** One event of a watch. */
export type WatchEvent<T> =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: T }
  | { readonly type: "BOOKMARK"; readonly object: Bookmark };

/** The object of a BOOKMARK event: every change up to its resourceVersion has been sent. */
export interface Bookmark {
  /** Group and version of the watched kind. */
  readonly apiVersion: string;
  /** The watched kind. */
  readonly kind: string;
  /** The resourceVersion to go on from; `k8s.io/initial-events-end` among the annotations ends the initial events. */
  readonly metadata: { readonly resourceVersion: string; readonly annotations?: Readonly<Record<string, string>> };
}

/** An object reduced to its metadata, as the API server's PartialObjectMetadata. */
export interface PartialObjectMetadata extends ClusterObject {
  /** Always `meta.k8s.io/v1`: the object's own group and version are those of the resource asked for. */
  apiVersion?: "meta.k8s.io/v1";
  /** Always `PartialObjectMetadata`: the object's own kind is that of the resource asked for. */
  kind?: "PartialObjectMetadata";
  /** The object's metadata. */
  metadata?: ObjectMeta;
}

/** How many replicas a custom resource should have and has, as autoscaling/v1 Scale. */
export interface Scale extends NamespacedObject<"spec" | "status"> {
  /** Always `autoscaling/v1`. */
  apiVersion?: "autoscaling/v1";
  /** Always `Scale`. */
  kind?: "Scale";
  /** Name, namespace and resourceVersion of the scaled object. */
  metadata?: ObjectMeta;
  /** How many replicas there should be. */
  spec?: { replicas?: number };
  /** How many replicas there are, and the label selector of their pods as text. */
  status?: { replicas: number; selector?: string };
}

/** One column of a {@link Table}. */
export interface TableColumnDefinition {
  /** The heading, such as `Name`. */
  name: string;
  /** An OpenAPI type: `string`, `integer`, `number`, `boolean`, `date`. */
  type: string;
  /** An OpenAPI format; `name` marks the column that identifies the row. */
  format: string;
  /** What the column shows. */
  description: string;
  /** 0 for columns that are always shown; larger for wide output. */
  priority: number;
}

/** One row of a {@link Table}. */
export interface TableRow {
  /** One value for each column. */
  cells: unknown[];
  /** What holds for the row as a whole, such as `Completed` for a pod that has ended. */
  conditions?: { type: string; status: string; reason?: string; message?: string }[];
  /** The object behind the row, as PartialObjectMetadata. */
  object?: PartialObjectMetadata;
}

/** A list as the API server prints it, `kubectl get`'s columns (meta.k8s.io/v1 Table). */
export interface Table {
  /** `meta.k8s.io/v1`. */
  apiVersion: string;
  /** `Table`. */
  kind: "Table";
  /** The list's resourceVersion, and where the next page begins. */
  metadata: { resourceVersion?: string; continue?: string; remainingItemCount?: number };
  /** The columns, in order. */
  columnDefinitions: TableColumnDefinition[];
  /** One row for each object. */
  rows: TableRow[];
}
