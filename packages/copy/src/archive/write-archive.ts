import { paddingOf, type WrittenHeader, writeEnd, writeHeader } from "./header.ts";

/** An entry and its content: exactly as many bytes as its header says. What brings pieces may use a piece again for the next one. */
export interface WrittenEntry {
  readonly header: WrittenHeader;
  readonly content?: Uint8Array | AsyncIterable<Uint8Array> | undefined;
}

/** What goes out is at least so large, but for the last: thousands of small files are not thousands of messages. */
const pieceBytes = 64 * 1024;

/** An archive of the entries, as it is asked for. What waits is copied, for whoever brought it may write over it. */
export async function* writeArchive(entries: AsyncIterable<WrittenEntry>): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  function* add(piece: Uint8Array): Generator<Uint8Array, void, undefined> {
    bytes += piece.length;
    if (bytes < pieceBytes) {
      waiting.push(new Uint8Array(piece));
      return;
    }
    waiting.push(piece);
    yield waiting.length === 1 ? piece : Buffer.concat(waiting, bytes);
    waiting = [];
    bytes = 0;
  }
  for await (const { header, content } of entries) {
    yield* add(writeHeader(header));
    if (content === undefined) continue;
    if (content instanceof Uint8Array) yield* add(content);
    else for await (const piece of content) yield* add(piece);
    if (header.size > 0) yield* add(new Uint8Array(paddingOf(header.size)));
  }
  yield* add(writeEnd());
  if (bytes > 0) yield Buffer.concat(waiting, bytes);
}
