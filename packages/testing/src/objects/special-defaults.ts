import { imageTag } from "./image-tag.ts";
import { defaultPodResources } from "./pod-resources.ts";

type Fields = Record<string, unknown>;
type Texts = Record<string, string>;

/**
 * What decoding does and no rule says (`notCovered` in openapi/server.json), by the schema of the object that it is about; after the
 * rules of that object, before those of what is in it.
 */
export const specialDefaults: Readonly<Record<string, (object: Fields) => void>> = {
  // k8s.io/kubernetes pkg/apis/core/v1/defaults.go and conversion.go
  "io.k8s.api.core.v1.Container": (container) => defaultPull(container, "imagePullPolicy", container["image"]),
  "io.k8s.api.core.v1.EphemeralContainer": (container) => defaultPull(container, "imagePullPolicy", container["image"]),
  "io.k8s.api.core.v1.ImageVolumeSource": (volume) => defaultPull(volume, "pullPolicy", volume["reference"]),
  "io.k8s.api.core.v1.LimitRangeItem": limitRangeItem,
  "io.k8s.api.core.v1.Namespace": ({ metadata }) => {
    const { name } = metadata as Fields;
    if (isText(name)) {
      const labels = { ...((metadata as Fields)["labels"] as Texts | undefined), "kubernetes.io/metadata.name": name };
      (metadata as Fields)["labels"] = labels;
    }
  },
  "io.k8s.api.core.v1.NodeSpec": (spec) => alsoAsList(spec, "podCIDR", "podCIDRs", (one) => one),
  "io.k8s.api.core.v1.Pod": pod,
  "io.k8s.api.core.v1.PodSpec": (spec) => {
    // An alias; the new name wins.
    if (isText(spec["serviceAccountName"])) spec["serviceAccount"] = spec["serviceAccountName"];
  },
  "io.k8s.api.core.v1.PodStatus": (status) => alsoAsList(status, "podIP", "podIPs", (ip) => ({ ip })),
  "io.k8s.api.core.v1.ReplicationController": ({ metadata, spec }) => {
    const labels = labelsOf((spec as Fields)["template"]);
    for (const [target, field] of [[spec, "selector"] as const, [metadata, "labels"] as const]) {
      const place = target as Fields;
      if (labels !== undefined && Object.keys((place[field] ?? {}) as Fields).length === 0)
        place[field] = { ...labels };
    }
  },
  "io.k8s.api.core.v1.Secret": (secret) => {
    const texts = Object.entries((secret["stringData"] ?? {}) as Texts).map(([key, text]) => [key, base64(text)]);
    delete secret["stringData"];
    if (texts.length > 0) secret["data"] = { ...(secret["data"] as Texts | undefined), ...Object.fromEntries(texts) };
  },
  "io.k8s.api.core.v1.Service": ingressMode,
  "io.k8s.api.core.v1.ServicePort": (port) => {
    // A port of zero is copied as well.
    if (port["targetPort"] === "") port["targetPort"] = port["port"] ?? 0;
  },
  "io.k8s.api.core.v1.ServiceSpec": serviceSpec,
  // pkg/apis/apps/v1/conversion.go
  "io.k8s.api.apps.v1.DaemonSet": ({ metadata }) => {
    const place = metadata as Fields;
    const annotations = (place["annotations"] ?? {}) as Texts;
    place["annotations"] = { "deprecated.daemonset.template.generation": "0", ...annotations };
  },
  "io.k8s.api.apps.v1.StatefulSetSpec": ({ volumeClaimTemplates }) => {
    for (const one of (volumeClaimTemplates ?? []) as Fields[])
      Object.assign(one, { apiVersion: "v1", kind: "PersistentVolumeClaim" });
  },
  // k8s.io/apiextensions-apiserver pkg/apis/apiextensions/v1/defaults.go
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition": definition,
};

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function base64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCodePoint(byte);
  return btoa(binary);
}

function labelsOf(template: unknown): Texts | undefined {
  return ((template as Fields | undefined)?.["metadata"] as Fields | undefined)?.["labels"] as Texts | undefined;
}

function defaultPull(object: Fields, field: string, image: unknown): void {
  if (isText(object[field])) return;
  object[field] = imageTag(typeof image === "string" ? image : "") === "latest" ? "Always" : "IfNotPresent";
}

/** Of a field that once was a single value: the single one wins. */
function alsoAsList(object: Fields, one: string, many: string, item: (value: string) => unknown): void {
  const single = object[one];
  const list = (object[many] ?? []) as readonly unknown[];
  const first = list[0];
  if (isText(single)) {
    const own = item(single);
    if (JSON.stringify(first) !== JSON.stringify(own)) object[many] = [own];
  } else if (first !== undefined) {
    const text = typeof first === "string" ? first : (first as Fields)["ip"];
    if (isText(text)) object[one] = text;
  }
}

function limitRangeItem(item: Fields): void {
  if (item["type"] !== "Container") return;
  const limits = { ...(item["max"] as Texts | undefined), ...(item["default"] as Texts | undefined) };
  const requests = {
    ...(item["min"] as Texts | undefined),
    ...limits,
    ...(item["defaultRequest"] as Texts | undefined),
  };
  if (Object.keys(limits).length > 0) item["default"] = limits;
  if (Object.keys(requests).length > 0) item["defaultRequest"] = requests;
}

function pod({ spec }: Fields): void {
  const place = spec as Fields;
  if ((place["terminationGracePeriodSeconds"] as number) < 0) place["terminationGracePeriodSeconds"] = 1;
  defaultPodResources(place);
  if (place["hostNetwork"] !== true) return;
  for (const container of [place["containers"], place["initContainers"]].flat() as (Fields | null | undefined)[]) {
    for (const port of (container?.["ports"] ?? []) as Fields[]) {
      if (!port["hostPort"] && port["containerPort"] !== 0) port["hostPort"] = port["containerPort"];
    }
  }
}

function serviceSpec(spec: Fields): void {
  // Nobody reaches what is a name only from outside, whatever external addresses it has.
  if (spec["type"] === "ExternalName" && spec["externalTrafficPolicy"] === "Cluster")
    delete spec["externalTrafficPolicy"];
  if (spec["sessionAffinity"] === "None") delete spec["sessionAffinityConfig"];
  const config = spec["sessionAffinityConfig"] as Fields | undefined;
  const seconds = (config?.["clientIP"] as Fields | undefined)?.["timeoutSeconds"];
  if (spec["sessionAffinity"] === "ClientIP" && typeof seconds !== "number")
    spec["sessionAffinityConfig"] = { clientIP: { timeoutSeconds: 10_800 } };
}

function ingressMode({ spec, status }: Fields): void {
  if ((spec as Fields)["type"] !== "LoadBalancer") return;
  const balancer = (status as Fields | undefined)?.["loadBalancer"] as Fields | undefined;
  for (const ingress of (balancer?.["ingress"] ?? []) as Fields[]) {
    if (isText(ingress["ip"])) ingress["ipMode"] ??= "VIP";
  }
}

function definition(object: Fields): void {
  const spec = object["spec"] as Fields;
  const names = spec["names"] as Fields;
  const { kind } = names;
  if (isText(kind)) {
    if (!isText(names["singular"])) names["singular"] = kind.toLowerCase();
    if (!isText(names["listKind"])) names["listKind"] = `${kind}List`;
  }
  const conversion = spec["conversion"] as Fields | undefined;
  const webhook = conversion?.["webhook"] as Fields | null | undefined;
  if (webhook && !webhook["clientConfig"] && !webhook["conversionReviewVersions"]) delete conversion!["webhook"];
  const status = (object["status"] ??= {}) as Fields;
  if (((status["storedVersions"] ?? []) as readonly unknown[]).length > 0) return;
  const stored = ((spec["versions"] ?? []) as readonly Fields[]).find(({ storage }) => storage === true);
  if (stored !== undefined) status["storedVersions"] = [stored["name"]];
}
