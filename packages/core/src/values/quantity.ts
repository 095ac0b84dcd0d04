import { InputError } from "../errors/input-error.ts";
import { quote } from "../input/quote.ts";

/** How a quantity is written: `1500m`, `12M`; `1536Mi`; `12e6`. */
export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent";

/** What stands for a quantity: its text, or a number as JSON would carry it. */
export type QuantityInput = string | number | Quantity;

const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binarySuffixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const nanosPerUnit = 10n ** 9n;
const maxBinary = (2n ** 63n - 1n) * nanosPerUnit;
// The text of a real quantity has some twenty characters; bounds keep the arithmetic small.
const maxLength = 1000;
const maxExponent = 1000;

// Rounds away from zero.
function divideUp(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return quotient * divisor === value ? quotient : quotient + (value < 0n ? -1n : 1n);
}

function refuse(text: string, rule: string): never {
  throw new InputError("quantity", `${quote(text)} ${rule}`);
}

// Rules: k8s.io/apimachinery pkg/api/resource/quantity.go, ParseQuantity.
function parse(text: string): Quantity {
  const parts = text.length > maxLength ? null : /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+)|([A-Za-z]*))$/.exec(text);
  const [, sign, whole = "", fraction = "", exponent, suffix = ""] = parts ?? [];
  const decimal = decimalSuffixes.indexOf(suffix);
  const binary = binarySuffixes.indexOf(suffix);
  if (whole + fraction === "" || (decimal < 0 && binary < 0)) {
    refuse(
      text,
      'is not a quantity; write a number and perhaps one of n u m k M G T P E Ki Mi Gi Ti Pi Ei or an exponent, such as "500m", "1.5Gi", "2e3"',
    );
  }
  const power = exponent === undefined ? (decimal < 0 ? 0 : (decimal - 3) * 3) : Number(exponent);
  if (Math.abs(power) > maxExponent) refuse(text, `has an exponent beyond ${maxExponent}`);

  let nanos = BigInt(whole + fraction) << BigInt((binary + 1) * 10);
  const shift = power + 9 - fraction.length;
  nanos = shift < 0 ? divideUp(nanos, 10n ** BigInt(-shift)) : nanos * 10n ** BigInt(shift);
  let format: QuantityFormat = exponent === undefined ? (binary < 0 ? "DecimalSI" : "BinarySI") : "DecimalExponent";
  if (format === "BinarySI") {
    if (nanos > maxBinary) nanos = maxBinary;
    if (nanos > 0n && nanos < nanosPerUnit) format = "DecimalSI";
  }
  return new Quantity(sign === "-" ? -nanos : nanos, format);
}

function decimalText(nanos: bigint, format: QuantityFormat): string {
  // In steps of a thousand; beyond E no suffix exists, and the number stays long instead of losing its scale.
  let [mantissa, step] = [nanos, -3];
  while (mantissa % 1000n === 0n && (format === "DecimalExponent" || step < 6))
    [mantissa, step] = [mantissa / 1000n, step + 1];
  if (format !== "DecimalExponent") return `${mantissa}${decimalSuffixes[step + 3]}`;
  return step === 0 ? `${mantissa}` : `${mantissa}e${step * 3}`;
}

function binaryText(units: bigint): string {
  let [mantissa, step] = [units, 0];
  while (mantissa % 1024n === 0n && step < binarySuffixes.length) [mantissa, step] = [mantissa / 1024n, step + 1];
  return `${mantissa}${step === 0 ? "" : binarySuffixes[step - 1]}`;
}

/**
 * An amount of cpu, memory or anything else that Kubernetes counts: an exact decimal with nine places, read, computed and
 * written as Go's resource.Quantity does (k8s.io/apimachinery pkg/api/resource). Immutable; every operation gives a new one.
 *
 * @example
 * Quantity.parse("1.5Gi").add("512Mi").toString(); // "2Gi"
 */
export class Quantity {
  /** The value in units of 10^-9. */
  readonly nanos: bigint;
  /** How it was written, and will be again. */
  readonly format: QuantityFormat;

  /** Use {@link Quantity.parse}, unless the value is there in units of 10^-9. */
  constructor(nanos: bigint, format: QuantityFormat) {
    this.nanos = nanos;
    this.format = format;
  }

  /**
   * Reads `500m`, `1.5Gi`, `2e3`, `0.1`, `-3`, with any suffix of n u m k M G T P E Ki Mi Gi Ti Pi Ei. More than nine decimal
   * places are rounded up, away from zero; with a binary suffix the value ends at 2^63 - 1.
   * @throws InputError (field `quantity`) if the API would not accept it, or beyond 1,000 characters or an exponent of 1,000.
   */
  static parse(input: QuantityInput): Quantity {
    if (input instanceof Quantity) return input;
    if (typeof input === "string") return parse(input);
    // Of another installed copy of the library, or of its other module format.
    const { nanos, format } = Object(input) as Partial<Quantity>;
    if (typeof nanos === "bigint" && format !== undefined) return new Quantity(nanos, format);
    if (typeof input !== "number") refuse(String(typeof input), "is not a quantity; pass text or a number");
    return parse(String(input));
  }

  /** -1, 0 or 1, as this is less than, equal to, or more than `other`. */
  compare(other: QuantityInput): -1 | 0 | 1 {
    const { nanos } = Quantity.parse(other);
    return this.nanos < nanos ? -1 : this.nanos > nanos ? 1 : 0;
  }

  /** The sum. It is written as this one, or as `other` if this is zero. */
  add(other: QuantityInput): Quantity {
    const { nanos, format } = Quantity.parse(other);
    return new Quantity(this.nanos + nanos, this.isZero() ? format : this.format);
  }

  /** The difference. It is written as this one, or as `other` if this is zero. */
  subtract(other: QuantityInput): Quantity {
    return this.add(Quantity.parse(other).negate());
  }

  /** The same amount with the other sign. */
  negate(): Quantity {
    return new Quantity(-this.nanos, this.format);
  }

  /** True for zero, however it is written. */
  isZero(): boolean {
    return this.nanos === 0n;
  }

  /** The whole units, rounded up away from zero, as Go's Value(). */
  toBigInt(): bigint {
    return divideUp(this.nanos, nanosPerUnit);
  }

  /** The thousandths (of a cpu, say), rounded up away from zero, as Go's MilliValue(). */
  toMilli(): bigint {
    return divideUp(this.nanos, 10n ** 6n);
  }

  /** The nearest double. */
  toNumber(): number {
    return Number(`${this.nanos}e-9`);
  }

  /**
   * The canonical text: no fraction, the largest suffix that loses nothing. A binary quantity that is less than 1024 or not
   * whole is written with a decimal suffix.
   */
  toString(): string {
    if (this.isZero()) return "0";
    if (this.format !== "BinarySI") return decimalText(this.nanos, this.format);
    const small = -1024n * nanosPerUnit < this.nanos && this.nanos < 1024n * nanosPerUnit;
    if (small || this.nanos % nanosPerUnit !== 0n) return decimalText(this.nanos, "DecimalSI");
    return binaryText(this.nanos / nanosPerUnit);
  }

  /** The canonical text, so that JSON.stringify writes what the API takes. */
  toJSON(): string {
    return this.toString();
  }

  /** `<` and `>` compare the nearest doubles; nearly equal quantities need {@link compare}. Joined to text it is its text. */
  [Symbol.toPrimitive](hint: string): string | number {
    return hint === "number" ? this.toNumber() : this.toString();
  }
}
