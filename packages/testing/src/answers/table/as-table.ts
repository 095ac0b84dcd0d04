import type { Clock } from "@kubewright/core";
import { badRequest } from "../../exchange/refusal.ts";
import type { Column, ResourceInfo } from "../../knowledge/resource-info.ts";
import type { Call } from "../../request/call.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { asKept } from "../as-kept.ts";
import { metadataOf } from "../as-metadata.ts";
import type { Encodable } from "../encoding.ts";
import type { ShownAs } from "../negotiate.ts";
import { listMetadata, type Representation } from "../representation.ts";
import { rowsOf } from "./rows.ts";

/** What stands in a row beside its cells. */
type IncludeObject = "None" | "Metadata" | "Object";

/**
 * Objects as rows of a Table, in the columns that the real server has for their kind (k8s.io/kubernetes pkg/printers). @throws Refusal for
 * parameters that are none
 */
export function asTable(call: Call, version: ShownAs["version"], clock: Clock): Representation {
  const { resource, subresource } = call;
  const include = readInclude(call.query);
  const rows = rowsOf(resource, subresource);
  const row = (object: ApiObject): object => {
    const now = clock.wallNow();
    const kept = asKept(object, resource);
    const conditions = rows.conditions?.(kept);
    return {
      cells: rows.cells.map((cell) => cell(kept, now)),
      ...(conditions === undefined ? {} : { conditions }),
      object: included(object, include, resource, version),
    };
  };
  const head = (metadata: object, headers = true): Encodable => ({
    kind: "Table",
    apiVersion: `meta.k8s.io/${version}`,
    metadata,
    columnDefinitions: headers ? rows.columns.map(asDefined) : null,
  });
  const single = (object: ApiObject, headers?: boolean): Encodable => ({
    ...head({ resourceVersion: object.metadata.resourceVersion }, headers),
    rows: [row(object)],
  });
  return {
    object: single,
    list: (list) => ({
      head: head(listMetadata(list)),
      field: "rows",
      items: rows.columns.some(isCreatedAt) && list.objects.length === 0 ? null : list.objects.map(row),
    }),
    events() {
      let headers = true;
      return () => {
        const show = headers;
        headers = false;
        return {
          key: `table ${version} ${include} ${show ? "headers" : ""}`,
          object: (object) => single(object, show),
        };
      };
    },
  };
}

/** Only kinds without columns of their own have it (k8s.io/apiserver pkg/registry/rest/table.go). */
function isCreatedAt({ name }: Column): boolean {
  return name === "Created At";
}

function asDefined({ name, type, format, description, priority }: Column): object {
  return { name, type, format, description, priority };
}

function readInclude(query: URLSearchParams): IncludeObject {
  const asked = query.get("includeObject") ?? "";
  if (asked === "") return "Metadata";
  if (asked === "None" || asked === "Metadata" || asked === "Object") return asked;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(asked)}: must be 'Metadata', 'Object', 'None', or empty`,
  );
}

function included(
  object: ApiObject,
  include: IncludeObject,
  resource: ResourceInfo,
  version: ShownAs["version"],
): object | null {
  if (include === "Object") return object;
  // What ends the initial events of a watch must be known by its annotation.
  const endsInitialEvents = object.metadata.annotations?.["k8s.io/initial-events-end"] === "true";
  return include === "Metadata" || endsInitialEvents ? metadataOf(object, resource, version) : null;
}
