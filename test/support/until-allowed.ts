import type { Cluster } from "@kubewright/core";
import { AuthorizationV1 } from "kubewright/authorization/v1";
import { eventually } from "./eventually.ts";

/** Waits until the server lets the user follow config maps of the namespace: it hears of roles a moment after they are stored. */
export async function untilAllowed(admin: Cluster, user: string, namespace: string): Promise<void> {
  const reviews = admin.api(AuthorizationV1).subjectAccessReviews;
  const resourceAttributes = { verb: "watch", resource: "configmaps", namespace };
  await eventually(async () => {
    const { status } = await reviews.create({ spec: { user, resourceAttributes } });
    return status?.allowed === true || undefined;
  }, `${user} may follow config maps of ${namespace}`);
}
