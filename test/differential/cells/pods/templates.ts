import type { Sequence } from "../../exchange.ts";
import { changes, creations, type PlayedKind } from "../../kinds.ts";
import { container, type Fields } from "./bases.ts";

const template = (more: Fields, metadata: Fields = {}): Fields => ({ template: { metadata, spec: more } });

const templates: PlayedKind = {
  path: "/api/v1/NAMESPACE/podtemplates",
  object: { template: { metadata: { labels: { app: "a" } }, spec: { containers: [container()] } } },
  right: [
    template({ containers: [container({ image: " spaced " })] }),
    template({
      containers: [
        container({
          env: [
            { name: "A", value: "1" },
            { name: "A", value: "2" },
          ],
        }),
      ],
    }),
    template({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 80 }] })] }),
    template({ volumes: [{ name: "v", image: {} }] }),
    template({ restartPolicy: "Never" }),
    template({ priorityClassName: "none", serviceAccountName: "none" }),
    template({}, { annotations: { "container.apparmor.security.beta.kubernetes.io/a": "runtime/default" } }),
    template({}, { labels: { more: "labels" } }),
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    template({ containers: [] }),
    template({ containers: [container({ name: "A" })] }),
    template({ ephemeralContainers: [container({ name: "late" })] }),
    template({ restartPolicy: "Maybe" }),
    template({}, { labels: { "-": "a" } }),
    template({}, { annotations: { "-": "a" } }),
    template({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 80, hostPort: 81 }] })] }),
    template({ volumes: [{ name: "v" }] }),
    { template: null },
  ],
};

/** Templates of pods. */
export const templateCells: Readonly<Record<string, Sequence>> = {
  "pods: templates": creations(templates),
  "pods: changes of templates": changes(templates),
};
