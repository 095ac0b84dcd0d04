import { BeyondSchema } from "@kubewright/core";

/** What is wrong with the bytes, as a sentence that quotes none of them. Whoever knows the request makes a DecodeError of it. */
export class Malformed extends Error {
  override readonly name: string = "Malformed";
}

export const tooLong = (): Malformed => new Malformed("a field is longer than what it is a part of");

/** The field of a tag, which the schema does not have. */
export function unknownField(tag: number, where: string): Error {
  const number = tag >>> 3;
  // No field has number 0, no value ends a group or has these types of the wire.
  if (number === 0 || (tag & 7) === 4 || (tag & 7) > 5) return new Malformed("it has a field that protobuf does not");
  return new BeyondSchema(`field ${number} of ${where}`);
}
