/** How many objects are remembered. Watchers that are further behind than this encode once more. */
const mostObjects = 256;

/** The newest events of all watches as bytes, so that each is encoded once for all who watch it in one form. */
export class SharedEvents {
  readonly #bytes = new Map<object, Map<string, Uint8Array>>();

  /** What is remembered of an object's event under a key, or made now. */
  get(object: object, key: string, encode: () => Uint8Array): Uint8Array {
    let known = this.#bytes.get(object);
    if (known === undefined) {
      known = new Map();
      this.#bytes.set(object, known);
      const [oldest] = this.#bytes.keys();
      if (this.#bytes.size > mostObjects && oldest !== undefined) this.#bytes.delete(oldest);
    }
    const bytes = known.get(key) ?? encode();
    known.set(key, bytes);
    return bytes;
  }
}
