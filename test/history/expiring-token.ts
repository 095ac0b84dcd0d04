import type { RawApi } from "../support/raw-api.ts";

/** A token that ends before its time, and those that follow it. */
export interface ExpiringToken {
  /** A good one; a new one once the last has expired. */
  current(): Promise<string>;
  /** From now on servers refuse it; one that knows it does so 10 s later. */
  expire(): Promise<void>;
  /** How often another was fetched than before. */
  readonly renewals: number;
}

/** Makes a service account that may do everything in the namespace, and its tokens, which end with a Secret. */
export async function expiringToken(api: RawApi, namespace: string): Promise<ExpiringToken> {
  const must = async (method: string, path: string, body?: object): Promise<unknown> => {
    const { status, text } = await api.send(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  const core = `/api/v1/namespaces/${namespace}`;
  await must("POST", `${core}/serviceaccounts`, { metadata: { name: "reader" } });
  await must("POST", `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, {
    metadata: { name: "reader" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", name: "reader", namespace }],
  });
  const make = async (secret: string): Promise<string> => {
    const { metadata } = (await must("POST", `${core}/secrets`, { metadata: { name: secret } })) as {
      metadata: { uid: string };
    };
    const boundObjectRef = { apiVersion: "v1", kind: "Secret", name: secret, uid: metadata.uid };
    const made = await must("POST", `${core}/serviceaccounts/reader/token`, {
      spec: { audiences: [], boundObjectRef },
    });
    return (made as { status: { token: string } }).status.token;
  };
  let good = await make("first");
  let last: string | undefined;
  let renewals = 0;
  let made = 1;
  let bound = "first";
  return {
    current() {
      if (last !== undefined && last !== good) renewals += 1;
      last = good;
      return Promise.resolve(good);
    },
    async expire() {
      const before = bound;
      bound = `next-${made++}`;
      good = await make(bound);
      await must("DELETE", `${core}/secrets/${before}`);
    },
    get renewals() {
      return renewals;
    },
  };
}
