import { describe, expect, test } from "vitest";
import { groupClientName, identifier, moduleOf, resourceName, typeName } from "./names.ts";

describe("resourceName: the plural with the kind's capitals", () => {
  test.each([
    ["pods", "Pod", "pods"],
    ["configmaps", "ConfigMap", "configMaps"],
    ["endpoints", "Endpoints", "endpoints"],
    ["networkpolicies", "NetworkPolicy", "networkPolicies"],
    ["ingresses", "Ingress", "ingresses"],
    ["csinodes", "CSINode", "csiNodes"],
    ["csistoragecapacities", "CSIStorageCapacity", "csiStorageCapacities"],
    ["apiservices", "APIService", "apiServices"],
    ["servicecidrs", "ServiceCIDR", "serviceCIDRs"],
    ["ipaddresses", "IPAddress", "ipAddresses"],
    ["componentstatuses", "ComponentStatus", "componentStatuses"],
    ["validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", "validatingAdmissionPolicyBindings"],
    ["httproutes", "HTTPRoute", "httpRoutes"],
    ["dnses", "DNS", "dnses"],
    ["apis", "API", "apis"],
    ["vpcs", "VPC", "vpcs"],
    ["helmchartproxies", "HelmChartProxy", "helmChartProxies"],
    ["k8sthings", "K8sThing", "k8sThings"],
    // The plural need not be made of the kind.
    ["pods", "PodMetrics", "pods"],
    ["nodes", "NodeMetrics", "nodes"],
    ["children", "Child", "children"],
    ["mice", "Mouse", "mice"],
    // Nor has a kind to have capitals.
    ["widgets", "widget", "widgets"],
    // Hyphens cannot stand in a name.
    ["big-widgets", "BigWidget", "bigWidgets"],
    ["odd-ones", "Other", "oddOnes"],
  ])("%s of kind %s is %s", (plural, kind, name) => {
    expect(resourceName(plural, kind)).toBe(name);
  });
});

describe("groups and modules", () => {
  test.each([
    ["", "v1", "CoreV1", "core/v1"],
    ["apps", "v1", "AppsV1", "apps/v1"],
    ["autoscaling", "v2", "AutoscalingV2", "autoscaling/v2"],
    ["rbac.authorization.k8s.io", "v1", "RbacV1", "rbac/v1"],
    ["internal.apiserver.k8s.io", "v1alpha1", "ApiserverinternalV1alpha1", "apiserverinternal/v1alpha1"],
    ["flowcontrol.apiserver.k8s.io", "v1", "FlowcontrolV1", "flowcontrol/v1"],
    ["storagemigration.k8s.io", "v1beta1", "StoragemigrationV1beta1", "storagemigration/v1beta1"],
    ["admissionregistration.k8s.io", "v1", "AdmissionregistrationV1", "admissionregistration/v1"],
    // Any other group has its whole name, whatever its first label.
    ["3scale.net", "v1", "_3scaleNetV1", "3scale.net/v1"],
    ["networking.istio.io", "v1", "NetworkingIstioIoV1", "networking.istio.io/v1"],
    ["core.example.com", "v1", "CoreExampleComV1", "core.example.com/v1"],
    ["metrics.k8s.io", "v1beta1", "MetricsK8sIoV1beta1", "metrics.k8s.io/v1beta1"],
    ["cert-manager.io", "v1", "CertManagerIoV1", "cert-manager.io/v1"],
    ["stable", "v1", "StableV1", "stable/v1"],
    // Hyphens of a version are kept apart.
    ["example.com", "v1-1-0", "ExampleComV1_1_0", "example.com/v1-1-0"],
    ["example.com", "v1-10", "ExampleComV1_10", "example.com/v1-10"],
    ["example.com", "v11-0", "ExampleComV11_0", "example.com/v11-0"],
    ["example.com", "v1--1", "ExampleComV1__1", "example.com/v1--1"],
  ])("%s/%s is %s in %s", (group, version, name, module) => {
    expect(groupClientName(group, version)).toBe(name);
    expect(moduleOf(group, version)).toBe(module);
  });
});

describe("typeName: a kind's own name, unless clients or the language have it", () => {
  test.each([
    ["Widget", "Widget"],
    ["widget", "widget"],
    ["WidgetResource", "WidgetResource_"],
    ["Resource", "Resource_"],
    ["ResourceWidget", "ResourceWidget"],
    ["ExampleComV1", "ExampleComV1_"],
    ["ExampleComV2", "ExampleComV2"],
    ["My-Thing", "My__Thing"],
    ["MyThing", "MyThing"],
    ["string", "string_"],
    ["class", "class_"],
    ["String", "String"],
  ])("%s is %s", (kind, name) => {
    expect(typeName(kind, "ExampleComV1")).toBe(name);
  });

  test("no two kinds, lists and clients of a module meet", () => {
    const kinds = ["A", "AResource", "AResourceResource", "A-b", "Ab", "A--b", "a", "a-B", "ExampleComV1", "AList"];
    const types = kinds.map((kind) => typeName(kind, "ExampleComV1"));
    const clients = kinds.map((kind) => `${identifier(kind)}Resource`);
    expect(new Set([...types, ...clients, "ExampleComV1"]).size).toBe(2 * kinds.length + 1);
  });
});
