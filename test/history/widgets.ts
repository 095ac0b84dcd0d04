import { setTimeout as sleep } from "node:timers/promises";
import type { RawApi } from "../support/raw-api.ts";

/** A custom resource with any `data`. */
export const widgets = { group: "example.com", version: "v1", plural: "widgets", kind: "Widget" } as const;

/** Defines it, and waits until these servers have it. */
export async function defineWidgets(servers: readonly [RawApi, ...RawApi[]]): Promise<void> {
  await servers[0].send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
    metadata: { name: "widgets.example.com" },
    spec: {
      group: widgets.group,
      scope: "Namespaced",
      names: { plural: widgets.plural, kind: widgets.kind },
      versions: [
        {
          name: widgets.version,
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: { data: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
            },
          },
        },
      ],
    },
  });
  for (const one of servers) {
    while ((await one.send("GET", "/apis/example.com/v1/widgets")).status !== 200) await sleep(100);
  }
}
