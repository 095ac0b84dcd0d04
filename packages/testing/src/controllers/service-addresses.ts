import { type Draft, finished } from "../objects/draft.ts";
import { fillSystemMetadata } from "../objects/system-metadata.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { ApiObject } from "../store/api-object.ts";
import { parseIp } from "../validation/ip.ts";
import { objectIn, textsIn } from "../validation/fields.ts";
import type { Controller } from "./controller.ts";

/**
 * Keeps an IPAddress for each address that a Service has, within the write of the Service itself, whoever writes it; and lets its
 * Endpoints go with it. It is part of the server and runs without the controllers too.
 */
export const serviceAddresses: Controller = (state) => {
  const addresses = collectionOf(state, "networking.k8s.io", "ipaddresses");
  const endpoints = collectionOf(state, "", "endpoints");
  return collectionOf(state, "", "services").watch(({ key, before, after }) => {
    const [had, has] = [addressesOf(before), addressesOf(after)];
    for (const ip of has.filter((one) => !had.includes(one))) {
      const made = addressOf(ip, after!);
      fillSystemMetadata(made, state.clock);
      addresses.set(ip, finished(made));
    }
    for (const ip of had.filter((one) => !has.includes(one))) addresses.delete(ip);
    if (after === undefined) endpoints.delete(key);
  });
};

function addressesOf(service: ApiObject | undefined): readonly string[] {
  return textsIn(objectIn(service, "spec"), "clusterIPs").filter((ip) => ip !== "None");
}

function addressOf(ip: string, { metadata: { name, namespace } }: ApiObject): Draft {
  const labels = {
    "ipaddress.kubernetes.io/ip-family": `IPv${parseIp(ip)?.family ?? 4}`,
    "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io",
  };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "IPAddress",
    metadata: { name: ip, labels },
    spec: { parentRef: { resource: "services", namespace, name } },
  };
}
