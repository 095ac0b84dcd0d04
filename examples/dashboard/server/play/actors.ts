/** A workload of the played cluster. */
export interface Actor {
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  /** Images by container. */
  readonly containers: Readonly<Record<string, string>>;
}

function deployment(namespace: string, name: string, replicas: number, containers: Actor["containers"]): Actor {
  return { kind: "Deployment", namespace, name, replicas, containers };
}

/** Nodes, with the zone they stand in. */
export const nodes: Readonly<Record<string, string>> = {
  "forge-a1": "north-a",
  "forge-a2": "north-a",
  "forge-b1": "north-b",
  "forge-b2": "north-b",
};

/** What runs in the played cluster: a web shop. */
export const actors: readonly Actor[] = [
  deployment("shop", "storefront", 6, { web: "registry.example/storefront:4.12.0", proxy: "envoyproxy/envoy:v1.37" }),
  deployment("shop", "cart", 3, { cart: "registry.example/cart:2.3.1" }),
  deployment("shop", "catalog", 4, { catalog: "registry.example/catalog:7.0.2" }),
  deployment("shop", "search", 3, { search: "registry.example/search:1.19.4" }),
  deployment("payments", "checkout", 3, { checkout: "registry.example/checkout:3.8.0", vault: "hashicorp/vault:1.21" }),
  deployment("payments", "fraud-check", 2, { model: "registry.example/fraud:0.9.7" }),
  deployment("insight", "recommender", 2, { model: "registry.example/recommender:5.1.0" }),
  deployment("insight", "ingest", 5, { ingest: "registry.example/ingest:2.0.0" }),
  deployment("platform", "gateway", 2, { envoy: "envoyproxy/envoy:v1.37" }),
  deployment("platform", "grafana", 1, { grafana: "grafana/grafana:12.4" }),
  {
    kind: "StatefulSet",
    namespace: "payments",
    name: "ledger",
    replicas: 3,
    containers: { postgres: "postgres:18.1" },
  },
  { kind: "StatefulSet", namespace: "shop", name: "sessions", replicas: 3, containers: { redis: "redis:8.4" } },
  { kind: "StatefulSet", namespace: "insight", name: "stream", replicas: 3, containers: { kafka: "apache/kafka:4.2" } },
  { kind: "DaemonSet", namespace: "platform", name: "log-agent", replicas: 0, containers: { agent: "fluent-bit:4.3" } },
];

/** Pods of this name stumble now and then, as somebody's always do. */
export const clumsy: ReadonlySet<string> = new Set(["fraud-check", "ingest"]);
