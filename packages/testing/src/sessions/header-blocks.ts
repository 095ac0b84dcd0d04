// Header blocks of SPDY/3.1 are one stream of zlib through a whole connection:
// https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/#TOC-2.6.10.1-Compression

/** Reads the header blocks of a connection, in their order. */
export interface HeaderBlocks {
  /** Names in small letters. @throws Error for what is not such a block */
  read(block: Uint8Array): Promise<ReadonlyMap<string, string>>;
  /** No more come; a block that is being read is refused. */
  close(): void;
}

/** Reads stored blocks, as this client writes them, and compressed ones that begin from SPDY's dictionary, as kubectl does. */
export function createHeaderBlocks(): HeaderBlocks {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const output = readable.getReader();
  const input = writable.getWriter();
  let kept: Uint8Array = new Uint8Array();
  let isFirst = true;

  // What is wrong with it shows where it is read.
  const write = (bytes: Uint8Array): void => void input.write(bytes.slice()).catch(() => undefined);

  async function take(size: number): Promise<Uint8Array> {
    while (kept.byteLength < size) {
      const { done, value } = await output.read();
      if (done) throw new Error("a header block breaks off");
      const longer = new Uint8Array(kept.byteLength + value.byteLength);
      longer.set(kept);
      longer.set(value, kept.byteLength);
      kept = longer;
    }
    const taken = kept.subarray(0, size);
    kept = kept.subarray(size);
    return taken;
  }

  const takeNumber = async (): Promise<number> => {
    const [a = 0, b = 0, c = 0, d = 0] = await take(4);
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  };
  const takeText = async (): Promise<string> => new TextDecoder().decode(await take(await takeNumber()));

  /** The header of zlib. Raw deflate takes no dictionary: what is given it as content first does the same. */
  async function begin(block: Uint8Array): Promise<Uint8Array> {
    isFirst = false;
    const hasDictionary = ((block[1] ?? 0) & 0x20) !== 0;
    if (!hasDictionary) return block.subarray(2);
    const bytes = new TextEncoder().encode(dictionary);
    const [low, high] = [bytes.byteLength & 0xff, bytes.byteLength >> 8];
    write(new Uint8Array([0, low, high, ~low, ~high, ...bytes]));
    await take(bytes.byteLength);
    return block.subarray(6);
  }

  return {
    async read(block) {
      write(isFirst ? await begin(block) : block);
      const headers = new Map<string, string>();
      for (let left = await takeNumber(); left > 0; left--) {
        const name = await takeText();
        headers.set(name.toLowerCase(), await takeText());
      }
      return headers;
    },
    close: () => void output.cancel().catch(() => undefined),
  };
}

/** As the specification lists it: words, each behind its length, and what goes on without. */
const words =
  "options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow authorization " +
  "cache-control connection content-base content-encoding content-language content-length content-location content-md5 content-range " +
  "content-type date etag expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified " +
  "location max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding " +
  "upgrade user-agent vary via warning www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie keep-alive origin";
const rest =
  "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Authoritative Information" +
  "204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error" +
  "501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, " +
  "Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,public" +
  "privatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";
const dictionary: string =
  words
    .split(" ")
    .map((word) => `\0\0\0${String.fromCharCode(word.length)}${word.replace("_", " ")}`)
    .join("") + rest;
