import { setTimeout as sleep } from "node:timers/promises";

import type { Cluster } from "@kubewright/core";
import { connect, isUnauthorized } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";

import { untilAllowed } from "../support/until-allowed.ts";
import { clusterCa } from "./support.ts";

/** A namespace with a service account that may edit it. */
export interface ServiceAccount {
  readonly namespace: string;
  /** A token that ends with the Secret of this name, which it makes. */
  token(secret: string): Promise<string>;
}

/** Makes one, in a namespace of its own that is for the test to delete. */
export async function makeServiceAccount(admin: Cluster): Promise<ServiceAccount> {
  const core = admin.api(CoreV1);
  const { metadata } = await core.namespaces.create({ metadata: { generateName: "expiry-" } });
  const namespace = metadata.name;
  await core.serviceAccounts.in(namespace).create({ metadata: { name: "reader" } });
  await admin
    .api(RbacV1)
    .roleBindings.in(namespace)
    .create({
      metadata: { name: "reader" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
      subjects: [{ kind: "ServiceAccount", name: "reader", namespace }],
    });
  await untilAllowed(admin, `system:serviceaccount:${namespace}:reader`, namespace);
  const token = async (secret: string): Promise<string> => {
    const { metadata: bound } = await core.secrets.in(namespace).create({ metadata: { name: secret } });
    const { status } = await core.serviceAccounts.in(namespace).token.create("reader", {
      spec: { audiences: [], boundObjectRef: { apiVersion: "v1", kind: "Secret", name: secret, uid: bound.uid } },
    });
    return status?.token ?? "";
  };
  return { namespace, token };
}

/** Waits until the token is good no more: the API server keeps what it knows of a token for 10 s. */
export async function untilRefused(server: string, token: string, namespace: string): Promise<void> {
  await using probe = await connect({ server, ca: clusterCa(), token });
  for (let i = 0; i < 150; i++) {
    try {
      await probe.api(CoreV1).configMaps.in(namespace).list();
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      return;
    }
    await sleep(200);
  }
  throw new Error("the token is still good");
}
