import { ConfigError } from "../errors/config-errors.ts";
import { protobufGroups } from "../gen/protobuf-groups.ts";
import { whatItIs } from "../input/what-it-is.ts";
import type { Codec } from "./codec.ts";
import type { Encoding } from "./encoding.ts";

const mediaType = "application/vnd.kubernetes.protobuf";
const groups: ReadonlySet<string> = new Set(protobufGroups);

/** What begins every object in protobuf (k8s.io/apimachinery pkg/runtime/serializer/protobuf): `k8s` and a zero byte. */
const magic = [0x6b, 0x38, 0x73, 0];

/** Kubernetes' own encoding of its built-in kinds, and of the metadata of all. `load` brings its codec when that is first needed. */
export function protobufEncoding(load: () => Codec | Promise<Codec>): Encoding {
  let codec: Codec | undefined;
  let loading: Promise<Codec> | undefined;
  return {
    mediaType,
    reads: (type) => type === mediaType,
    // The events of a watch begin with their length, below 16 MiB; no JSON begins with a zero byte.
    recognizes: (start) => start[0] === 0 || magic.every((byte, index) => start[index] === byte),
    accept(as, group) {
      if (as === undefined) return groups.has(group) ? mediaType : undefined;
      // Of what the API machinery makes of objects, only Table has no protobuf.
      return as.kind === "Table" ? undefined : `${mediaType};as=${as.kind};g=${as.group};v=${as.version}`;
    },
    get codec() {
      return codec;
    },
    load() {
      loading ??= loaded(load).then(
        (value) => (codec = value),
        (error: unknown) => {
          loading = undefined;
          throw error;
        },
      );
      return loading;
    },
  };
}

const fix = 'or stay with JSON: encoding: { read: "json", write: "json" }';

async function loaded(load: () => Codec | Promise<Codec>): Promise<Codec> {
  let value: unknown;
  try {
    value = await load();
  } catch (cause) {
    const check = "check that the package @kubewright/protobuf is installed, and that a page can fetch it";
    throw new ConfigError(`Protobuf: its codec could not be loaded; ${check}, ${fix}`, { cause });
  }
  if (isCodec(value)) return value;
  throw new ConfigError(
    `Protobuf: its loader must give the codec, not ${whatItIs(value)}; pass protobuf: () => import("@kubewright/protobuf").then((module) => module.protobuf), ${fix}`,
  );
}

function isCodec(value: unknown): value is Codec {
  const { encode, decode, decodeList, decodeEvents } = Object(value) as Partial<Codec>;
  return [encode, decode, decodeList, decodeEvents].every((method) => typeof method === "function");
}
