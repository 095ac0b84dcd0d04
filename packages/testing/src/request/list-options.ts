import { type Cause, invalid } from "../exchange/refusal.ts";
import { bool, integer } from "./parameters.ts";

/** The parameters of lists and watches (meta/v1 ListOptions), read and held against each other. */
export interface ListParameters {
  readonly labelSelector: string;
  readonly fieldSelector: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: "" | "Exact" | "NotOlderThan";
  /** 0: none. */
  readonly limit: number;
  readonly continue: string;
  readonly timeoutSeconds: number | undefined;
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean | undefined;
}

const listOptions = { group: "meta.k8s.io", name: "ListOptions" };

/** Reads them. @throws Refusal for what is no number, 422 for what does not go together */
export function readListParameters(query: URLSearchParams, watching: boolean): ListParameters {
  const match = query.get("resourceVersionMatch") ?? "";
  const initial = query.has("sendInitialEvents") ? bool(query, "sendInitialEvents") : undefined;
  const parameters: ListParameters = {
    labelSelector: query.get("labelSelector") ?? "",
    fieldSelector: query.get("fieldSelector") ?? "",
    resourceVersion: query.get("resourceVersion") ?? "",
    resourceVersionMatch: match as ListParameters["resourceVersionMatch"],
    limit: integer(query, "limit") ?? 0,
    continue: query.get("continue") ?? "",
    timeoutSeconds: integer(query, "timeoutSeconds"),
    allowWatchBookmarks: bool(query, "allowWatchBookmarks"),
    sendInitialEvents: initial,
  };
  const causes = watching ? wrongForWatch(parameters) : wrongForList(parameters);
  if (causes.length > 0) throw invalid(listOptions, "", causes);
  return parameters;
}

// k8s.io/apimachinery pkg/apis/meta/internalversion/validation/validation.go

function wrongForList(parameters: ListParameters): readonly Cause[] {
  const { resourceVersionMatch: match, resourceVersion, sendInitialEvents } = parameters;
  const causes: Cause[] = [];
  if (match !== "") {
    if (resourceVersion === "")
      causes.push(
        forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"),
      );
    if (parameters.continue !== "") causes.push(withContinue);
    if (!isMatch(match)) causes.push(unsupported(match, ["Exact", "NotOlderThan", ""]));
    if (match === "Exact" && resourceVersion === "0")
      causes.push(
        forbidden("resourceVersionMatch", 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
      );
  }
  if (sendInitialEvents !== undefined)
    causes.push(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
  return causes;
}

function wrongForWatch(parameters: ListParameters): readonly Cause[] {
  const { resourceVersionMatch: match, sendInitialEvents } = parameters;
  const causes: Cause[] = [];
  if (sendInitialEvents !== undefined && match !== "NotOlderThan")
    causes.push(
      forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
    );
  if (match !== "") {
    if (sendInitialEvents === undefined)
      causes.push(
        forbidden(
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
        ),
      );
    if (match !== "NotOlderThan") causes.push(unsupported(match, ["NotOlderThan"]));
    if (parameters.continue !== "") causes.push(withContinue);
  }
  return causes;
}

const withContinue = forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");

function isMatch(match: string): boolean {
  return match === "Exact" || match === "NotOlderThan";
}

function forbidden(field: string, why: string): Cause {
  return { reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field };
}

function unsupported(value: string, supported: readonly string[]): Cause {
  const values = supported.map((one) => JSON.stringify(one)).join(", ");
  return {
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`,
    field: "resourceVersionMatch",
  };
}
