import { conflict, invalid, notFound } from "../exchange/refusal.ts";
import { type Draft, draftOf, finished, setAt } from "../objects/draft.ts";
import type { Call } from "../request/call.ts";
import type { JsonText } from "../request/json-text.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { type Causes, requiredCause } from "../validation/causes.ts";
import { wrongForm, wrongSign } from "../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../validation/fields.ts";
import { wrongDnsSubdomain } from "../validation/forms.ts";
import { selectorOf, selectorOfLabels } from "../validation/label-selector.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { patchOf } from "../verbs/patched.ts";
import { type ReadAs, shapedAsSent } from "../verbs/read-draft.ts";
import { readObject } from "../verbs/read-object.ts";
import { updateFrom } from "../verbs/update.ts";
import { keyIn, type WriteCall, writeCall } from "../verbs/write-call.ts";

/** How many pods an object wants, as a Scale of autoscaling/v1. k8s.io/kubernetes pkg/registry/apps/deployment/storage/storage.go */
export function scale(call: Call, state: ServerState): Outcome {
  const write = writeCall({ ...call, subresource: undefined }, state);
  const changed = call.verb === "get" ? undefined : changeOf(call);
  const object = write.collection.get(keyIn(write));
  if (object === undefined) throw notFound(write.resource, call.name ?? "");
  if (changed === undefined) return { kind: "object", status: 200, object: scaleOf(object) };
  const { json, as } = changed(scaleOf(object));
  const asked = shapedAsSent(json, { ...write, call }, as);
  return { kind: "object", status: 200, object: scaleOf(scaled(object, asked, write)) };
}

/** What the call makes of a Scale. @throws Refusal */
function changeOf(call: Call): (scale: ApiObject) => { readonly json: JsonText; readonly as?: ReadAs } {
  if (call.verb === "patch") return patchOf(call);
  const json = readObject(call.request, call.subresource!);
  return () => ({ json });
}

/** The object with as many pods as a Scale says. @throws Refusal */
function scaled(object: ApiObject, asked: Fields, write: WriteCall): ApiObject {
  const { name, uid } = object.metadata;
  const metadata = objectIn(asked, "metadata");
  const causes = [...wrongScale(asked, write)];
  if (causes.length > 0) throw invalid({ group: "autoscaling", name: "Scale" }, name, causes);
  const expected = textIn(metadata, "uid");
  if (write.call.verb === "patch" && expected !== uid) {
    const { group, name: plural } = write.resource;
    const why = `Precondition failed: UID in precondition: ${expected}, UID in object meta: ${uid}`;
    throw conflict({ group, name: `${plural}/scale` }, name, why);
  }
  const draft: Draft = draftOf(object);
  draft.metadata.uid = expected;
  draft.metadata.resourceVersion = textIn(metadata, "resourceVersion");
  setAt(draft, "spec.replicas", numberIn(objectIn(asked, "spec"), "replicas") ?? 0);
  return updateFrom(draft, object, write);
}

/** ValidateScale of k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go */
function* wrongScale(asked: Fields, { call }: WriteCall): Causes {
  const metadata = objectIn(asked, "metadata");
  const name = textIn(metadata, "name") || (call.name ?? "");
  if (name === "") yield requiredCause("metadata.name", "name or generateName is required");
  else yield* wrongForm("metadata.name", name, wrongDnsSubdomain);
  yield* wrongSign("spec.replicas", numberIn(objectIn(asked, "spec"), "replicas"));
}

/** What an object's Scale is. */
function scaleOf(object: ApiObject): ApiObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const spec = objectIn(object, "spec");
  const replicas = numberIn(spec, "replicas") ?? 0;
  const selector =
    object.kind === "ReplicationController"
      ? selectorOfLabels(objectIn(spec, "selector"))
      : selectorOf(presentIn(spec, "selector"));
  const text = selector?.text ?? "";
  return finished({
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: numberIn(objectIn(object, "status"), "replicas") ?? 0,
      ...(text === "" ? {} : { selector: text }),
    },
  });
}
