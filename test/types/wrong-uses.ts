// What must not compile, each beside the right use. Compiled, never run.
/* oxlint-disable typescript/no-floating-promises, no-unused-expressions */
import type { Cluster, Stored } from "kubewright";
import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { CoreV1, type Node, type Pod, type PodSpec } from "kubewright/core/v1";
import { RbacV1, type ClusterRole } from "kubewright/rbac/v1";

declare const cluster: Cluster;
const core = cluster.api(CoreV1);
const pods = core.pods.in("default");
const deployments = cluster.api(AppsV1).deployments.in("shop");

export function scopes(): void {
  core.nodes.list();
  // @ts-expect-error nodes live outside namespaces
  core.nodes.in("default");
  cluster.api(RbacV1).clusterRoles.get("admin");
  // @ts-expect-error cluster roles too
  cluster.api(RbacV1).clusterRoles.in("default");
  // @ts-expect-error there is no such resource in the group
  core.deployments;
}

export function requiredFields(): void {
  pods.create({ metadata: { name: "a" }, spec: { containers: [{ name: "a", image: "b" }] } });
  // @ts-expect-error a container has a name
  pods.create({ metadata: { name: "a" }, spec: { containers: [{ image: "b" }] } });
  // @ts-expect-error a deployment's spec has a selector and a template
  deployments.create({ metadata: { name: "web" }, spec: { replicas: 1 } });
  // @ts-expect-error a pod is of the kind Pod
  pods.create({ kind: "Deployment", metadata: { name: "a" } });
  // @ts-expect-error a typo
  pods.create({ metadata: { name: "a" }, spec: { containers: [], restartPolcy: "Never" } });
  // Values that the API may add one day stay possible, known ones are offered by the editor.
  pods.create({ metadata: { name: "a" }, spec: { containers: [], restartPolicy: "SomeNewPolicy" } });
  // @ts-expect-error but not of another type
  pods.create({ metadata: { name: "a" }, spec: { containers: [], restartPolicy: 1 } });
}

export function patches(): void {
  pods.patch("a", { merge: { metadata: { labels: { a: "b", gone: null } } } });
  pods.patch("a", { json: [{ op: "replace", path: "/spec/activeDeadlineSeconds", value: 60 }] });
  deployments.patch("web", {
    strategic: {
      spec: {
        template: {
          spec: {
            containers: [
              { name: "a", image: "b" },
              { name: "old", $patch: "delete" },
            ],
          },
        },
      },
    },
  });
  // @ts-expect-error a typo beside a right field
  pods.patch("a", { merge: { spec: { activeDeadlineSeconds: 60, activeDeadline: 60 } } });
  // @ts-expect-error a typo beside a right field, in a list
  pods.patch("a", { strategic: { spec: { containers: [{ name: "a", imgae: "b" }] } } });
  // @ts-expect-error two patches at once
  pods.patch("a", { merge: { spec: { activeDeadlineSeconds: 60 } }, json: [] });
  // @ts-expect-error the object itself is no patch
  pods.patch("a", { spec: { activeDeadlineSeconds: 60 } });
  // @ts-expect-error an operation of a JSON patch has an op
  pods.patch("a", { json: [{ path: "/spec", value: 1 }] });
}

export function applies(pod: Stored<Pod>): void {
  deployments.apply(
    {
      metadata: { name: "web" },
      spec: { template: { spec: { containers: [{ name: "a", ports: [{ containerPort: 80 }] }] } } },
    },
    { fieldManager: "me" },
  );
  const spec = { containers: [{ image: "b" }] };
  // @ts-expect-error an item of a list that merges by key needs its key
  pods.apply({ metadata: { name: "a" }, spec });
  // @ts-expect-error the protocol is filled in, the port is not
  pods.apply({ metadata: { name: "a" }, spec: { containers: [{ name: "a", ports: [{ name: "http" }] }] } });
  // @ts-expect-error an applied object has a name
  pods.apply({ metadata: {}, spec: {} });
  // @ts-expect-error only the server sets these
  pods.apply({ metadata: { name: "a", resourceVersion: "1" } });
  // @ts-expect-error status is a subresource
  pods.apply({ metadata: { name: "a" }, status: { phase: "Running" } });
  pods.status.apply({ metadata: { name: "a" }, status: { conditions: [{ type: "x", status: "True" }] } });
  // @ts-expect-error a condition is known by its type
  pods.status.apply({ metadata: { name: "a" }, status: { conditions: [{ status: "True" }] } });
  // @ts-expect-error a fetched object would take over every field
  pods.apply(pod);
  // @ts-expect-error nor through status
  pods.status.apply(pod);
}

export function stored(
  pod: Stored<Pod>,
  node: Stored<Node>,
  role: Stored<ClusterRole>,
  deployment: Stored<Deployment>,
): void {
  pod.metadata.namespace.length;
  node.metadata.name.length;
  // @ts-expect-error nodes have no namespace, so nobody may count on one
  node.metadata.namespace.length;
  // @ts-expect-error nor have cluster roles
  role.metadata.namespace.length;
  // What the server always sends need not be asked for.
  deployment.status.replicas?.toFixed();
  pod.spec satisfies PodSpec;
  node.apiVersion satisfies "v1";
  const fresh: Pod = { metadata: { name: "a" } };
  // @ts-expect-error an object that was not stored yet has no uid
  fresh.metadata?.uid.length;
  // Objects are plain data that may be changed.
  pod.metadata.labels = { a: "b" };
}

export function options(): void {
  pods.list({ labelSelector: { matchLabels: { app: "web" } }, limit: 10 });
  // @ts-expect-error a typo
  pods.list({ labelSelctor: "app=web" });
  // @ts-expect-error `watch` is a method, no option
  pods.list({ watch: true });
  // @ts-expect-error how an answer is printed is nobody's option
  pods.get("a", { pretty: true });
  // @ts-expect-error only apply can force
  pods.patch("a", { merge: {} }, { force: true });
  pods.delete("a", { preconditions: { uid: "x" }, propagationPolicy: "Foreground" });
  // @ts-expect-error there are three policies
  pods.delete("a", { propagationPolicy: "Sideways" });
}
