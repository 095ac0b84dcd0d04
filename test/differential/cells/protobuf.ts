import { pick, some } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { kindsOfObjects } from "../objects.ts";

const protobuf = "application/vnd.kubernetes.protobuf";

/** Bodies that are no object, each as bytes. */
const broken: readonly (readonly number[])[] = [
  [],
  [0x67, 0x61, 0x72, 0x62, 0x61, 0x67, 0x65],
  [0x6b, 0x38, 0x73, 0],
  [0x6b, 0x38, 0x73, 0, 0xff, 0xff],
  Array.from({ length: 40 }, (_, index) => index),
];

/** The envelope of an object without fields: its apiVersion and kind. */
function empty(apiVersion: string, kind: string): Uint8Array {
  const encoder = new TextEncoder();
  const [version, name] = [encoder.encode(apiVersion), encoder.encode(kind)];
  const typeMeta = [0x0a, version.length, ...version, 0x12, name.length, ...name];
  return Uint8Array.of(0x6b, 0x38, 0x73, 0, 0x0a, typeMeta.length, ...typeMeta, 0x12, 0, 0x1a, 0, 0x22, 0);
}

/** Bodies in protobuf; what answers in it say is the business of the codec's own tests. */
export const inProtobuf: Readonly<Record<string, Sequence>> = {
  "bodies in protobuf": async ({ send }, chance, namespace) => {
    const at = `/api/v1/namespaces/${namespace}`;
    const create = { method: "POST", contentType: protobuf } as const;
    await send({ ...create, path: `${at}/configmaps`, body: empty("v1", "ConfigMap") });
    await send({ ...create, path: `${at}/configmaps`, body: empty("v1", "Secret") });
    for (const body of some(chance, broken, 3))
      await send({ ...create, path: `${at}/${pick(chance, ["configmaps", "secrets"])}`, body: Uint8Array.from(body) });
    const { path, object, name } = kindsOfObjects(chance, namespace);
    await send({ method: "POST", path, body: object });
    await send({ method: "GET", path: `${path}/${name}`, accept: `${protobuf};q=0.5,application/json` });
    await send({ method: "PATCH", path: `${path}/${name}`, contentType: protobuf, body: "{}" });
    await send({ method: "DELETE", path: `${path}/${name}`, contentType: protobuf });
  },
};
