// ConfigMaps, drawn by React from a store: a row says how often it was drawn.
import { type ConfigMap, CoreV1 } from "@kubewright/api/core/v1";
import { connectProxy, createStore } from "@kubewright/browser";
import { useStore } from "@kubewright/browser/react";
import { type Cached, informer } from "@kubewright/runtime";
import { createElement, memo, type ReactElement, useRef } from "react";
import { createRoot } from "react-dom/client";

const cluster = connectProxy({ baseUrl: "/k8s" });
const { configMaps } = cluster.api(CoreV1);
const cache = informer(configMaps.in("default"));
const store = createStore(cache);

const Row = memo(({ map }: { readonly map: Cached<ConfigMap> }): ReactElement => {
  const drawn = useRef(0);
  drawn.current += 1;
  return createElement("li", {}, `${map.metadata.name} ${map.data?.["sky"] ?? ""} drawn ${drawn.current}`);
});

function Page(): ReactElement {
  const { items, synced, state } = useStore(store);
  const connection = useStore(cluster.connection);
  const rows = items.map((map) => createElement(Row, { key: map.metadata.uid, map }));
  const status = createElement("p", {}, `${synced ? "synced" : "loading"} ${state} ${connection.state}`);
  return createElement("main", {}, status, createElement("ul", {}, ...rows));
}

const root = document.querySelector("#root");
if (root === null) throw new Error("the page has no #root");
createRoot(root).render(createElement(Page));
