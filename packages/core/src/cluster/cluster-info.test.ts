import { expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createCluster } from "./create-cluster.ts";

const proxy = "https://recorded.test/api/v1/namespaces/kube-system/services";

test.each<[string, object, object, string]>([
  ["a port without a name", { ports: [{ port: 80 }] }, {}, `${proxy}/s/proxy`],
  ["a port with a name", { ports: [{ name: "dns", port: 53 }] }, {}, `${proxy}/s:dns/proxy`],
  ["a port for https without a name", { ports: [{ port: 443 }] }, {}, `${proxy}/https:s:/proxy`],
  ["a port named https", { ports: [{ name: "https", port: 8443 }] }, {}, `${proxy}/https:s:https/proxy`],
  ["no port", {}, {}, `${proxy}/s/proxy`],
  [
    "a load balancer's address",
    { ports: [{ port: 80 }, { port: 443 }] },
    { loadBalancer: { ingress: [{ ip: "fd00::1" }] } },
    "http://[fd00::1]:80 https://[fd00::1]:443",
  ],
])("the address of a service with %s", async (_, spec, status, url) => {
  const service = { metadata: { name: "s", namespace: "kube-system" }, spec, status };
  const transport = recordingTransport(() => ({ json: { items: [service] } }));
  expect((await createCluster({ transport }).info()).services).toEqual([{ name: "s", url }]);
});
