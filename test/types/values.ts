// What values look like: plain JSON, open where the API may grow. Compiled, never run.
/* oxlint-disable typescript/no-floating-promises, no-unused-expressions */
import type { Cluster, MergePatchOf, Stored } from "kubewright";
import { ApiextensionsV1, type JSONSchemaProps } from "kubewright/apiextensions/v1";
import { AppsV1 } from "kubewright/apps/v1";
import { AutoscalingV2 } from "kubewright/autoscaling/v2";
import { CoreV1, type PodSpec, type ResourceRequirements, type ServicePort } from "kubewright/core/v1";
import type { Condition, LabelSelector, ObjectMeta, PartialObjectMetadata, Table } from "kubewright/meta/v1";
import { type Equal, sure } from "./equal.ts";

declare const cluster: Cluster;
const core = cluster.api(CoreV1);
const pods = core.pods.in("default");

export function scalars(port: ServicePort, resources: ResourceRequirements, meta: ObjectMeta): void {
  // A port by number or name; quantities and times are text, as on the wire.
  sure<Equal<typeof port.targetPort, number | string | undefined>>();
  sure<Equal<typeof resources.limits, { [key: string]: string } | undefined>>();
  sure<Equal<typeof meta.creationTimestamp, string | undefined>>();
  // @ts-expect-error a quantity is text
  resources.limits = { cpu: 1 };
  // @ts-expect-error a time is text
  meta.creationTimestamp = new Date();
}

export function openEnums(spec: PodSpec): void {
  spec.restartPolicy = "Never";
  spec.restartPolicy = "AValueOfTheFuture";
  pods.patch("a", { merge: { spec: { restartPolicy: "Never", dnsPolicy: "AValueOfTheFuture", nodeName: null } } });
  pods.patch("a", { strategic: { spec: { restartPolicy: "Never" } } });
  pods.apply({ metadata: { name: "a" }, spec: { restartPolicy: "AValueOfTheFuture" } });
  // @ts-expect-error not a number, in a patch
  pods.patch("a", { merge: { spec: { restartPolicy: 1 } } });
  // @ts-expect-error not a number, in an apply
  pods.apply({ metadata: { name: "a" }, spec: { restartPolicy: 1 } });
}

export async function mapsAndLists(): Promise<void> {
  const map = await core.configMaps.in("default").get("a");
  map.data = { ...map.data, key: "value" };
  await core.configMaps.in("default").patch("a", { merge: { data: { gone: null, key: "value" } } });
  // @ts-expect-error the values of a config map are text
  core.configMaps.in("default").patch("a", { merge: { data: { key: 1 } } });
  // A merge patch replaces lists whole, so their items are complete.
  // @ts-expect-error a container has a name
  pods.patch("a", { merge: { spec: { containers: [{ image: "b" }] } } });
  pods.patch("a", {
    strategic: { spec: { containers: [{ name: "a", image: "b" }], "$setElementOrder/containers": [{ name: "a" }] } },
  });
}

export function recursiveSchemas(schema: JSONSchemaProps): void {
  const crds = cluster.api(ApiextensionsV1).customResourceDefinitions;
  schema.properties = { spec: { type: "object", additionalProperties: true, default: [1, { any: null }] } };
  schema.items = [{ type: "string" }];
  crds.apply({
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", properties: { a: { type: "string" } } } },
        },
      ],
    },
  });
  crds.patch("widgets.example.com", { merge: { spec: { conversion: { strategy: "None" } } } });
  // @ts-expect-error a typo deep inside
  crds.patch("widgets.example.com", { merge: { spec: { conversion: { stategy: "None" } } } });
}

export async function conditions(): Promise<void> {
  const found = await cluster.api(AutoscalingV2).horizontalPodAutoscalers.in("default").get("a");
  found.status.conditions?.[0]?.lastTransitionTime satisfies string | undefined;
  const condition: Condition = { type: "Ready", status: "True", reason: "x", message: "", lastTransitionTime: "" };
  const selector: LabelSelector = { matchLabels: { app: "web" }, matchExpressions: [{ key: "a", operator: "Exists" }] };
  const list = await cluster.api(AppsV1).deployments.list({ labelSelector: selector });
  list.items[0]?.spec.selector satisfies LabelSelector | undefined;
  condition.type = "Other";
  // An alias for the reader: no value has the keys that types carry.
  const patch: MergePatchOf<Condition> = { status: "False" };
  patch.status = null;
}

export async function reduced(): Promise<void> {
  const table = await pods.table();
  sure<Equal<typeof table, Table>>();
  const meta = await pods.metadata.get("a");
  sure<Equal<typeof meta, Stored<PartialObjectMetadata>>>();
  // @ts-expect-error the rest of the object was not sent
  meta.spec;
}
