import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";

/** A server's certificate, which is its own authority. */
export interface Certificate {
  /** In PEM. */
  readonly cert: string;
  /** In PEM. */
  readonly key: string;
}

const day = 86_400_000;

const hostNames = [
  "localhost",
  "kubernetes",
  "kubernetes.default",
  "kubernetes.default.svc",
  "kubernetes.default.svc.cluster.local",
];

/**
 * A certificate for localhost, the loopback addresses and the names that an API server has within its cluster, good from yesterday for ten years. Some lines of DER, for libraries that
 * write certificates take a quarter of a second to load.
 */
export function createCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const from = new Date(Date.now() - day);
  const until = new Date(from.getTime() + 3650 * day);
  const signature = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)); // ecdsa-with-SHA256
  const name = sequence(tagged(0x31, sequence(oid(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from("kubewright-testing")))));
  const addresses = [Buffer.from([127, 0, 0, 1]), Buffer.concat([Buffer.alloc(15), Buffer.from([1])])];
  const names = sequence(
    ...hostNames.map((host) => tagged(0x82, Buffer.from(host))),
    ...addresses.map((address) => tagged(0x87, address)),
  );
  const isTrue = tagged(0x01, Buffer.from([0xff]));
  const extensions = sequence(
    sequence(oid(0x55, 0x1d, 0x11), tagged(0x04, names)),
    sequence(oid(0x55, 0x1d, 0x13), isTrue, tagged(0x04, sequence(isTrue))), // CA:TRUE
    sequence(oid(0x55, 0x1d, 0x0f), isTrue, tagged(0x04, tagged(0x03, Buffer.from([1, 0b1000_0110])))), // signs, also certificates
  );
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    signature,
    name,
    sequence(time(from), time(until)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, extensions),
  );
  const signed = tagged(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", content, privateKey)]));
  const cert = new X509Certificate(sequence(content, signature, signed)).toString();
  return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function oid(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

/** Two digits of the year, as RFC 5280 wants it before 2050. */
function time(date: Date): Buffer {
  const text = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text));
}
