import { conflict, invalid, notFound } from "../exchange/refusal.ts";
import { type Draft, draftOf, finished, setAt } from "../objects/draft.ts";
import type { Call } from "../request/call.ts";
import type { JsonText } from "../request/json-text.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { wrongSign } from "../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn } from "../validation/fields.ts";
import { selectorOf, selectorOfLabels } from "../validation/label-selector.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { patchOf } from "../verbs/patched.ts";
import { type ReadAs, shapedAsSent } from "../verbs/read-draft.ts";
import { readObject } from "../verbs/read-object.ts";
import { checkUid, updateFrom } from "../verbs/update.ts";
import { checkName, keyIn, placeInNamespace, type WriteCall, writeCall } from "../verbs/write-call.ts";

/** How many pods an object wants, as a Scale of autoscaling/v1. k8s.io/kubernetes pkg/registry/apps/deployment/storage/storage.go */
export function scale(call: Call, state: ServerState): Outcome {
  const changed = call.verb === "get" ? undefined : changeOf(call, state);
  const write = writeCall({ ...call, subresource: undefined }, state);
  const object = write.collection.get(keyIn(write));
  if (object === undefined) throw notFound(write.resource, call.name ?? "");
  const answered = changed === undefined ? object : scaled(object, changed(object), write);
  return { kind: "object", status: 200, object: scaleOf(answered) };
}

/** What the call makes of an object's Scale. @throws Refusal */
function changeOf(call: Call, state: ServerState): (object: ApiObject) => Draft {
  const write = writeCall(call, state);
  const read = (json: JsonText, as?: ReadAs): Draft => {
    const draft = shapedAsSent(json, write, as) as unknown as Draft;
    placeInNamespace(draft, write);
    checkName(draft, write);
    return draft;
  };
  if (call.verb === "patch") {
    const patched = patchOf(call);
    return (object) => {
      const { json, as } = patched(scaleOf(object));
      return read(json, as);
    };
  }
  const sent = read(readObject(call.request, call.subresource!));
  return (object) => {
    checkUid(sent, object, write);
    return sent;
  };
}

/** The object with as many pods as a Scale says. @throws Refusal */
function scaled(object: ApiObject, { metadata, spec }: Draft, write: WriteCall): ApiObject {
  const { name, uid } = object.metadata;
  const replicas = numberIn(spec as Fields, "replicas") ?? 0;
  const causes = [...wrongSign("spec.replicas", replicas)];
  if (causes.length > 0) throw invalid({ group: "autoscaling", name: "Scale" }, name, causes);
  const expected = metadata.uid ?? "";
  if (expected !== "" && expected !== uid) {
    const { group, name: plural } = write.resource;
    const why = `Precondition failed: UID in precondition: ${expected}, UID in object meta: ${uid}`;
    throw conflict({ group, name: `${plural}/scale` }, name, why);
  }
  const draft = draftOf(object);
  draft.metadata.resourceVersion = metadata.resourceVersion ?? "";
  setAt(draft, "spec.replicas", replicas);
  return updateFrom(draft, object, write);
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
