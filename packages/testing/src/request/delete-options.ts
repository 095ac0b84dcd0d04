import { badRequest } from "../exchange/refusal.ts";
import type { Call } from "./call.ts";
import { bool, integer } from "./parameters.ts";

/** What a deletion is to be like (meta/v1 DeleteOptions); the body wins over the query. */
export interface DeleteParameters {
  readonly gracePeriodSeconds: number | undefined;
  readonly propagationPolicy: string | undefined;
  readonly orphanDependents: boolean | undefined;
  readonly preconditions: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
  readonly dryRun: boolean;
}

/** Reads them. @throws Refusal */
export function readDeleteParameters({ query, request }: Call): DeleteParameters {
  if (request.body.length === 0) {
    return {
      gracePeriodSeconds: integer(query, "gracePeriodSeconds"),
      propagationPolicy: query.get("propagationPolicy") ?? undefined,
      orphanDependents: query.has("orphanDependents") ? bool(query, "orphanDependents") : undefined,
      preconditions: undefined,
      dryRun: query.getAll("dryRun").includes("All"),
    };
  }
  let body: Partial<Omit<DeleteParameters, "dryRun">> & { readonly dryRun?: readonly string[] };
  try {
    body = JSON.parse(new TextDecoder().decode(request.body)) as typeof body;
  } catch (error) {
    throw badRequest(`the object provided is unrecognized (must be of type DeleteOptions): ${String(error)}`);
  }
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions, dryRun = [] } = body;
  return { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions, dryRun: dryRun.includes("All") };
}
