// What stores of pages show. Compiled, never run.
/* oxlint-disable no-unused-expressions */
import { connectProxy, createStore, type Snapshot, type Store } from "@kubewright/browser";
import { useStore } from "@kubewright/browser/react";
import { type Cached, informer } from "kubewright";
import { CoreV1, type Pod } from "kubewright/core/v1";
import { type Equal, sure } from "./equal.ts";

const cluster = connectProxy({ baseUrl: "/k8s" });
const { pods } = cluster.api(CoreV1);

export function whole(): void {
  const store = createStore(informer(pods));
  sure<Equal<typeof store, Store<Snapshot<Cached<Pod>>>>>();
  const { items, state } = useStore(store);
  items[0]?.spec.containers[0]?.name;
  // @ts-expect-error there may be no such object
  items[0].metadata;
  // @ts-expect-error a snapshot is everybody's
  items.push();
  // @ts-expect-error objects are everybody's
  items.forEach((pod) => (pod.metadata.name = "web-1"));
  // @ts-expect-error there is no such state
  state === "connected";
}

export function selected(): void {
  const cache = informer(pods, { select: { status: { phase: true } }, index: { node: () => undefined } });
  const store = createStore(cache, { schedule: queueMicrotask });
  store.subscribe(({ items, synced }) => {
    sure<Equal<typeof synced, boolean>>();
    items[0]?.status.phase;
    // @ts-expect-error the informer did not select it
    items[0]?.spec;
  })();
}

export function connection(): void {
  const { state, error } = useStore(cluster.connection);
  state === "signedOut" ? error?.message : state;
  // @ts-expect-error there is no such option
  createStore(informer(pods), { frames: 2 });
  // @ts-expect-error a list is no informer
  createStore(pods.list());
  // @ts-expect-error it must say where the proxy is
  connectProxy({});
}
