import { controllerOf } from "@kubewright/core";
import type { JSX } from "preact";
import { hrefOf, type Route } from "../app/route.ts";
import { pods } from "../live/collections.ts";
import { Badge } from "../status/badge.tsx";
import { podState } from "../status/pod-state.ts";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import type { AnyObject } from "./followed.ts";

interface OwnPodsProps {
  readonly route: Route;
  readonly owner: AnyObject;
}

const owners = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"]);

/** The pods that a workload has now. */
export function OwnPods(props: OwnPodsProps): JSX.Element | null {
  return owners.has(props.owner.kind) ? <PodsOf {...props} /> : null;
}

function PodsOf({ route, owner }: OwnPodsProps): JSX.Element {
  const { name, namespace, uid } = owner.metadata;
  const { items } = pods.use(namespace);
  const now = useNow();
  const own = items.filter((pod) => {
    const controller = controllerOf(pod);
    // A deployment's pods belong to its replica sets, which are named after it and the revision.
    const revision = pod.metadata.labels?.["pod-template-hash"];
    return controller?.uid === uid || (owner.kind === "Deployment" && controller?.name === `${name}-${revision}`);
  });
  return (
    <section>
      <h3>Pods</h3>
      {own.length === 0 && <p class="quiet">It has none.</p>}
      <ul class="lines">
        {own.map((pod) => (
          <li key={pod.metadata.uid} class="own-pod">
            <a
              href={hrefOf({ ...route, tab: undefined, open: { plural: "pods", namespace, name: pod.metadata.name } })}
            >
              {pod.metadata.name}
            </a>
            <Badge state={podState(pod)} />
            <span class="quiet end">{age(pod.metadata.creationTimestamp, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
