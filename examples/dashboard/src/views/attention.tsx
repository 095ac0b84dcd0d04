import type { JSX } from "preact";
import { hrefOf, type Route } from "../app/route.ts";
import { pods } from "../live/collections.ts";
import { Badge } from "../status/badge.tsx";
import type { State } from "../status/mood.ts";
import { podState } from "../status/pod-state.ts";
import { workloadState } from "../status/workload-state.ts";
import { plural } from "../text/plural.ts";
import { Named } from "./named.tsx";
import { Nothing } from "./nothing.tsx";
import { useWorkloads } from "./workloads.tsx";

interface Concern {
  readonly key: string;
  readonly plural: string;
  readonly name: string;
  readonly namespace: string;
  readonly state: State;
  readonly why: string;
}

/** How many are shown. */
const shown = 8;

/** What is not as it should be, and why: the worst first. */
export function Attention({ route }: { readonly route: Route }): JSX.Element {
  const concerns = useConcerns(route.namespace);
  const workloads = useWorkloads(route.namespace);
  return (
    <section class="panel" aria-labelledby="attention-title">
      <h2 id="attention-title">Needs a look</h2>
      {concerns.length === 0 &&
        (workloads.synced ? (
          <p class="empty">Everything is as it should be.</p>
        ) : (
          <Nothing snapshot={workloads} what="workloads" namespace={route.namespace} search="" />
        ))}
      <ul class="concerns">
        {concerns.slice(0, shown).map(({ key, plural, name, namespace, state, why }) => (
          <li key={key}>
            <a href={hrefOf({ ...route, open: { plural, namespace, name }, tab: undefined })}>
              <Named name={name} namespace={namespace} />
            </a>
            <Badge state={state} />
            {why !== "" && <p class="quiet">{why}</p>}
          </li>
        ))}
      </ul>
      {concerns.length > shown && <p class="quiet and-more">and {plural(concerns.length - shown, "more", "more")}</p>}
    </section>
  );
}

function useConcerns(namespace: string | undefined): readonly Concern[] {
  const concerns: Concern[] = [];
  for (const workload of useWorkloads(namespace).items) {
    const { uid: key, name, namespace } = workload.metadata;
    const { why, ...state } = workloadState(workload);
    // A job that runs does what it should.
    if (workload.kind === "Job" && state.mood === "busy") continue;
    concerns.push({ key, plural: `${workload.kind.toLowerCase()}s`, name, namespace, state, why });
  }
  for (const pod of pods.use(namespace).items) {
    const { uid: key, name, namespace } = pod.metadata;
    const state = podState(pod);
    // What is on its way is its workload's concern.
    if (state.mood === "bad") concerns.push({ key, plural: "pods", name, namespace, state, why: "" });
  }
  return concerns
    .filter(({ state }) => state.mood === "bad" || state.mood === "busy")
    .toSorted((one, other) => Number(other.state.mood === "bad") - Number(one.state.mood === "bad"));
}
