/** Fields of a header as they are to stand there, right or wrong. Texts are UTF-8, bytes are taken as they are. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  /** The type flag: "0" is a file, "5" a folder, "2" a symbolic link, "1" a hard link. Default "0". */
  readonly type?: string;
  readonly body?: string | Uint8Array;
  /** Default: the body's. */
  readonly size?: number | string;
  readonly mode?: number;
  readonly mtime?: number;
  readonly link?: string | Uint8Array;
  readonly prefix?: string;
  /** Default true. */
  readonly rightChecksum?: boolean;
}

const bytesOf = (value: string | Uint8Array): Uint8Array => (typeof value === "string" ? Buffer.from(value) : value);

/** An entry, byte by byte and without any library, so that it can be anything. */
export function rawEntry(entry: RawEntry): Uint8Array {
  const { name, type = "0", body = "", mode = 0o644, mtime = 0, link = "", prefix = "", rightChecksum = true } = entry;
  const content = bytesOf(body);
  const { size = content.length } = entry;
  const block = Buffer.alloc(512);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, "0")}\0`;
  block.set(bytesOf(name).subarray(0, 100), 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(typeof size === "string" ? size : octal(size, 12), 124);
  block.write(octal(mtime, 12), 136);
  block.write("        ", 148);
  block.write(type, 156, "latin1");
  block.set(bytesOf(link).subarray(0, 100), 157);
  block.write("ustar\u000000", 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${(sum + (rightChecksum ? 0 : 1)).toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([block, content, new Uint8Array((512 - (content.length % 512)) % 512)]);
}

/** GNU's long name for the next entry; `type` "K" is for what it links to. */
export function longName(name: string | Uint8Array, type: "L" | "K" = "L"): Uint8Array {
  return rawEntry({ name: "././@LongLink", type, body: Buffer.concat([bytesOf(name), new Uint8Array(1)]) });
}

/** An extended header of POSIX for the next entry; `type` "g" is for all that follow. */
export function extended(records: Readonly<Record<string, string | Uint8Array>>, type: "x" | "g" = "x"): Uint8Array {
  const body = Object.entries(records).map(([key, value]) => {
    const record = Buffer.concat([bytesOf(` ${key}=`), bytesOf(value), bytesOf("\n")]);
    let length = record.length;
    while (String(length).length + record.length !== length) length = String(length).length + record.length;
    return Buffer.concat([bytesOf(String(length)), record]);
  });
  return rawEntry({ name: "PaxHeaders/x", type, body: Buffer.concat(body) });
}

/** The two blocks of zeros at the end. */
export const archiveEnd: Uint8Array = new Uint8Array(1024);

/** These entries and the end. */
export function archiveOf(...entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...entries, archiveEnd]);
}
