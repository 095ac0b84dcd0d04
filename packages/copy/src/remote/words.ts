/** How much of what a program says is kept, in bytes. */
const mostBytes = 4096;

/** Collects the last words of a stream. */
export interface Words {
  readonly text: () => string;
  /** Resolves at the stream's end, whatever it was. */
  readonly ended: Promise<void>;
}

export function lastWords(stream: AsyncIterable<Uint8Array>): Words {
  let kept = new Uint8Array(0);
  async function collect(): Promise<void> {
    try {
      for await (const bytes of stream) kept = Buffer.concat([kept, bytes]).subarray(-mostBytes);
    } catch {
      // How the run ended says its `exit`.
    }
  }
  return { text: () => new TextDecoder().decode(kept), ended: collect() };
}
