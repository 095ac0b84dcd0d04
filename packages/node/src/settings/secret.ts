const redacted = "[redacted]";

/** A credential that shows itself only to `reveal()`: text, JSON, `util.inspect` and template strings get `[redacted]`. */
export class Secret {
  readonly #value: string;

  static {
    // The hook of util.inspect and console.log.
    Object.defineProperty(this.prototype, Symbol.for("nodejs.util.inspect.custom"), { value: () => redacted });
  }

  constructor(value: string) {
    this.#value = value;
  }

  /** The credential itself. Only for the place that sends or uses it. */
  reveal(): string {
    return this.#value;
  }

  equals(other: Secret | undefined): boolean {
    return other !== undefined && other.#value === this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }
}
