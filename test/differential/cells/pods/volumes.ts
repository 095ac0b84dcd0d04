import type { Sequence } from "../../exchange.ts";
import { creations } from "../../kinds.ts";
import { type Fields, podsWith, spec } from "./bases.ts";

const volume = (...sources: readonly Fields[]): Fields =>
  spec({ volumes: sources.map((source, index) => ({ name: `v${index}`, ...source })) });
const projected = (...sources: readonly Fields[]): Fields => volume({ projected: { sources } });
const items = (...paths: readonly string[]): Fields => ({
  items: paths.map((path, index) => ({ key: `k${index}`, path })),
});

const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

const kinds = podsWith(
  [
    volume({ emptyDir: {} }),
    volume({ emptyDir: { medium: "Memory", sizeLimit: "1Gi" } }),
    volume({ hostPath: { path: "/a" } }),
    volume({ hostPath: { path: "/a", type: "DirectoryOrCreate" } }),
    volume({ configMap: { name: "c" } }),
    volume({ configMap: { name: "c", defaultMode: 256, ...items("a/b") } }),
    volume({ secret: { secretName: "s", optional: true } }),
    volume({ persistentVolumeClaim: { claimName: "c", readOnly: true } }),
    volume({ nfs: { server: "s", path: "/p" } }),
    volume({ ephemeral: { volumeClaimTemplate: { metadata: { labels: { a: "b" } }, spec: claim } } }),
    volume({ csi: { driver: "example.com", volumeAttributes: { a: "b" } } }),
    volume({ image: { reference: "r:latest" } }),
    volume({ downwardAPI: { items: [{ path: "l", fieldRef: { fieldPath: "metadata.labels" } }] } }),
    volume({
      downwardAPI: { items: [{ path: "c", resourceFieldRef: { containerName: "a", resource: "limits.cpu" } }] },
    }),
    volume({ awsElasticBlockStore: { volumeID: "a", partition: 1 } }, { gcePersistentDisk: { pdName: "b" } }),
    volume({ iscsi: { targetPortal: "a", iqn: "iqn.2001-04.com.example:b", lun: 0 } }),
  ],
  [
    volume({}),
    spec({ volumes: [{ name: "", emptyDir: {} }] }),
    spec({ volumes: [{ name: "V", emptyDir: {} }] }),
    spec({
      volumes: [
        { name: "v", emptyDir: {} },
        { name: "v", emptyDir: {} },
      ],
    }),
    volume({ emptyDir: {}, hostPath: { path: "/a" } }),
    volume({ configMap: { name: "c" }, downwardAPI: {}, cephfs: { monitors: ["m"] } }),
    volume({ emptyDir: { sizeLimit: "-1" } }),
    volume({ hostPath: { path: "" } }),
    volume({ hostPath: { path: "/a/../b", type: "Nonsense" } }),
    volume({ configMap: { name: "" } }),
    volume({ configMap: { name: "c", defaultMode: 1000 } }),
    volume({ configMap: { name: "c", items: [{ key: "", path: "" }] } }),
    volume({ configMap: { name: "c", ...items("/a", "../b", "..c") } }),
    volume({ secret: { items: [{ key: "k", path: "p", mode: -1 }] } }),
    volume({ persistentVolumeClaim: { claimName: "" } }),
    volume({ nfs: { path: "p" } }),
    volume({ csi: { driver: "" } }),
    volume({ csi: { driver: "Not_a_driver", nodePublishSecretRef: {} } }),
    volume({ image: { pullPolicy: "Nonsense" } }),
    volume({ downwardAPI: { items: [{ path: "" }] } }),
    volume({ downwardAPI: { items: [{ path: "l", fieldRef: { fieldPath: "spec.nodeName" } }] } }),
    volume({ downwardAPI: { items: [{ path: "c", resourceFieldRef: { resource: "limits.cpu" } }] } }),
    volume({ awsElasticBlockStore: { volumeID: "", partition: 300 } }),
    volume({ gcePersistentDisk: { pdName: "", partition: -1 } }),
    volume({ rbd: { monitors: [], image: "i" } }),
    volume({ glusterfs: { endpoints: "", path: "" } }),
    volume({ ephemeral: {} }),
    volume({ ephemeral: { volumeClaimTemplate: { spec: {} } } }),
    volume({ ephemeral: { volumeClaimTemplate: { metadata: { name: "n", labels: { "-": "a" } }, spec: claim } } }),
    spec({
      volumes: [{ name: "a", ephemeral: { volumeClaimTemplate: { spec: { ...claim, accessModes: ["Nonsense"] } } } }],
    }),
  ],
);

const together = podsWith(
  [
    projected({ configMap: { name: "c" } }),
    projected({ secret: { name: "s", ...items("a") } }, { configMap: { name: "c", ...items("b") } }),
    projected({ serviceAccountToken: { path: "token", expirationSeconds: 600, audience: "a" } }),
    projected({ downwardAPI: { items: [{ path: "n", fieldRef: { fieldPath: "metadata.name" } }] } }),
    volume({ projected: { defaultMode: 256, sources: [{ secret: { name: "s" } }] } }),
    volume({ projected: {} }),
  ],
  [
    projected({ configMap: {} }),
    projected({ secret: { name: "" } }),
    projected({ secret: { name: "s" }, configMap: { name: "c" } }),
    projected({ secret: { name: "s", ...items("a") } }, { configMap: { name: "c", ...items("a") } }),
    projected({ serviceAccountToken: { path: "token", expirationSeconds: 5 } }),
    projected({ serviceAccountToken: { path: "", expirationSeconds: 5_000_000_000 } }),
    projected({ serviceAccountToken: { path: "/token" } }),
    projected({ downwardAPI: { items: [{ path: "n" }] } }),
    volume({ projected: { defaultMode: -1, sources: [] } }),
  ],
);

const overlapping = podsWith(
  [
    volume({ configMap: { name: "c", ...items("a", "a/b") } }),
    volume({ secret: { secretName: "s", ...items("a", "a") } }),
    projected({ secret: { name: "s", ...items("a/b") } }, { configMap: { name: "c", ...items("a") } }),
    projected({}),
    volume({ gitRepo: { repository: "r" } }),
    volume({ glusterfs: { endpoints: "e", path: "p" } }, { rbd: { monitors: ["m"], image: "i" } }),
    volume({ cephfs: { monitors: ["m"] } }, { flocker: { datasetName: "d" } }),
    volume({ photonPersistentDisk: { pdID: "p" } }, { quobyte: { registry: "r:1", volume: "v" } }),
    volume({ scaleIO: { gateway: "g", system: "s", volumeName: "v", secretRef: { name: "n" } } }),
    volume({ storageos: { volumeName: "v" } }),
  ],
  [
    volume({ gitRepo: { repository: "", directory: "../d" } }),
    volume({ scaleIO: { gateway: "", system: "", volumeName: "", secretRef: { name: "n" } } }),
    projected({ secret: { name: "s", ...items("a") } }, { secret: { name: "s", ...items("a") } }),
    volume({ photonPersistentDisk: { pdID: "" } }),
  ],
);

/** The volumes of pods. */
export const volumeCells: Readonly<Record<string, Sequence>> = {
  "pods: volumes": creations(kinds, { right: 4, wrong: 4 }),
  "pods: projected volumes": creations(together),
  "pods: warnings of volumes": creations(overlapping),
};
