import { connectProxy, createStore } from "@kubewright/browser";
import { informer } from "@kubewright/runtime";
import { CoreV1 } from "@kubewright/api/core/v1";
const cluster = connectProxy({ baseUrl: "/k8s" });
const store = createStore(informer(cluster.api(CoreV1).pods.in("default")));
store.subscribe(({ items }) => items.forEach((pod) => console.log(pod.metadata.name)));
