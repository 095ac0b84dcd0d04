import { Quantity } from "@kubewright/core";
import { GoValueError } from "./go-time.ts";

// What some texts become by being read into their Go type and printed again.

/** Most of what is written; it is printed as it is. */
const plainQuantity = /^[1-9]\d{0,2}(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;
const quantityForm = /^[+-]?(?<number>\d*(?:\.\d*)?)[eEinumkKMGTP]*[-+]?\d*$/;

/** A quantity as the API server prints it: `0.5` is `500m`. @throws GoValueError (k8s.io/apimachinery pkg/api/resource/quantity.go) */
export function canonicalQuantity(given: string | number): string {
  const text = String(given).trim();
  if (plainQuantity.test(text)) return text;
  const number = quantityForm.exec(text)?.groups?.["number"];
  if (text === "" || number === undefined) {
    throw new GoValueError(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  }
  try {
    // No digits are none.
    return Quantity.parse(/\d/.test(number) ? text : text.replace(/^([+-]?)\.?/, "$10")).toString();
  } catch {
    throw new GoValueError("unable to parse quantity's suffix");
  }
}

/** Bytes in base64 as Go prints them. @throws GoValueError (Go's encoding/base64) */
export function canonicalBytes(given: string): string {
  const text = given.replaceAll(/[\r\n]/g, "");
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(text)![0];
  if (valid.length === text.length) return text.length === 0 ? text : btoa(atob(text));
  throw new GoValueError(`illegal base64 data at input byte ${wrongByte(text, valid.length)}`);
}

/** Where Go's decoder stops, behind whole groups of four. */
function wrongByte(text: string, start: number): number {
  // Padding that is followed by something is wrong where that begins.
  if (text[start - 1] === "=") return start;
  for (let at = start; at < text.length; at++) {
    if (/[A-Za-z0-9+/]/.test(text[at]!)) continue;
    // The first of two characters of padding.
    const isFirst = text[at] === "=" && at - start === 2;
    return isFirst && at + 1 === text.length ? text.length : at;
  }
  // The last group is not whole.
  return start;
}
