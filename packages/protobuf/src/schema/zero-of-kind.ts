import { type ValueKind, valueKinds } from "./message.ts";

/** What JSON has of a value that is no message and that the wire leaves out; null for times, bytes, and what holds JSON in bytes. */
export function zeroOfKind(kind: ValueKind): null | string | number | boolean {
  switch (kind) {
    case valueKinds.quantity:
      return "0";
    case valueKinds.string:
      return "";
    case valueKinds.bool:
      return false;
    case valueKinds.int32:
    case valueKinds.int64:
    case valueKinds.double:
    case valueKinds.intOrString:
      return 0;
    default:
      return null;
  }
}
