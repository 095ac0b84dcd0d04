/** What {@link createFleet} makes: 10,000 pods, on nodes that do not exist. */
export const size = { namespaces: 200, each: 50, pods: 10_000, nodes: 500 };

/** The annotation that fleet/writer.ts counts up, always seven digits. */
export const sequence = "example.com/sequence";

/** Where the API server keeps them in etcd. */
export const podsUnder = "/registry/pods/fleet-";

/** The namespaces of the pods. */
export const namespaces: readonly string[] = Array.from({ length: size.namespaces }, (_, i) => `fleet-${100 + i}`);
