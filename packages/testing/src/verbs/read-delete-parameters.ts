import { badRequest, invalid, type Refusal, unsupportedMediaType } from "../exchange/refusal.ts";
import { typeOf } from "../knowledge/types.ts";
import { decodingProblems } from "../objects/decoding-problems.ts";
import type { Call } from "../request/call.ts";
import type { DeleteParameters } from "../request/delete-options.ts";
import { readNode } from "../request/json-node.ts";
import { bool, integer } from "../request/parameters.ts";
import { bodyText, bodyType, readTypes } from "../request/read-body.ts";
import { type Causes, invalidCause, notSupportedCause } from "../validation/causes.ts";
import { wrongDryRun } from "../validation/write-options.ts";
import { readKindedJson } from "./read-object.ts";

/** As they were sent, before anybody looked at them. */
type Sent = Omit<DeleteParameters, "dryRun"> & { readonly dryRun: readonly string[] };

/** Reads and checks them; a body wins over the query. @throws Refusal (k8s.io/apiserver pkg/endpoints/handlers/delete.go) */
export function readDeleteParameters(call: Call): DeleteParameters {
  const sent = call.request.body.length === 0 ? inQuery(call) : inBody(call);
  const causes = [...wrongParameters(sent)];
  if (causes.length > 0) throw invalid({ group: "meta.k8s.io", name: "DeleteOptions" }, "", causes);
  return { ...sent, dryRun: sent.dryRun.includes("All") };
}

function inQuery({ query }: Call): Sent {
  return {
    gracePeriodSeconds: integer(query, "gracePeriodSeconds"),
    propagationPolicy: query.get("propagationPolicy") ?? undefined,
    orphanDependents: query.has("orphanDependents") ? bool(query, "orphanDependents") : undefined,
    preconditions: undefined,
    dryRun: query.getAll("dryRun"),
  };
}

const kind = "DeleteOptions";
/** Kinds that are known in every version. */
const everywhere: readonly string[] = ["Status", "APIVersions", "APIGroupList", "APIGroup", "APIResourceList"];

function inBody({ request }: Call): Sent {
  if (!readTypes.includes(bodyType(request))) throw unsupportedMediaType(readTypes);
  const text = bodyText(request);
  const { value, apiVersion, kind: found } = readKindedJson(text, (why) => badRequest(why));
  if (found !== "" && found !== kind) throw otherKind(apiVersion || "v1", found);
  const { error } = decodingProblems(typeOf("v1", kind)!, readNode(text));
  if (error !== undefined) throw badRequest(error);
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions, dryRun } = (value ?? {}) as {
    readonly [Field in keyof Sent]?: Sent[Field] | null;
  };
  return {
    gracePeriodSeconds: gracePeriodSeconds ?? undefined,
    propagationPolicy: propagationPolicy ?? undefined,
    orphanDependents: orphanDependents ?? undefined,
    preconditions: preconditions ?? undefined,
    dryRun: dryRun ?? [],
  };
}

function otherKind(apiVersion: string, found: string): Refusal {
  return badRequest(
    everywhere.includes(found)
      ? `converting (v1.${found}) to (v1.${kind}): unknown conversion`
      : `no kind ${JSON.stringify(found)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`,
  );
}

const policies: readonly string[] = ["Foreground", "Background", "Orphan"];

/** ValidateDeleteOptions of k8s.io/apimachinery pkg/apis/meta/v1/validation */
function* wrongParameters({ propagationPolicy, orphanDependents, dryRun }: Sent): Causes {
  if (propagationPolicy !== undefined) {
    if (orphanDependents !== undefined) {
      const why = "orphanDependents and deletionPropagation cannot be both set";
      yield invalidCause("propagationPolicy", propagationPolicy, why);
    }
    if (!policies.includes(propagationPolicy))
      yield notSupportedCause("propagationPolicy", propagationPolicy, [...policies, "nil"]);
  }
  yield* wrongDryRun(dryRun);
}
