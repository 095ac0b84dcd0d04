import type { Codec } from "../codec/codec.ts";
import { type Codecs, createCodecs } from "../codec/codecs.ts";
import type { EncodingOptions } from "../codec/encoding-options.ts";
import { json } from "../codec/json/json.ts";
import { createNegotiation, jsonAlone, type Negotiation } from "../codec/negotiation.ts";
import { protobufEncoding } from "../codec/protobuf-encoding.ts";
import { InputError } from "../errors/input-error.ts";
import { plainObject } from "../input/plain-object.ts";
import { unknownOption } from "../input/unknown-option.ts";
import { oneOf, type RulesFor } from "../request/rules/rule.ts";
import type { Clock } from "../time/clock.ts";

/** What a cluster is told of its encodings. */
interface Given {
  readonly protobuf?: (() => Codec | Promise<Codec>) | undefined;
  readonly encoding?: EncodingOptions | undefined;
}

/** The encodings of a cluster. @throws InputError where protobuf is asked for and not there */
export function encodingsOf(
  { protobuf, encoding = {} }: Given,
  clock: Clock,
  warn: (text: string) => void,
): { readonly codecs: Codecs; readonly negotiation: Negotiation } {
  if (protobuf !== undefined) {
    const late = protobufEncoding(protobuf);
    return { codecs: createCodecs([late, json], clock), negotiation: createNegotiation(late, encoding, warn) };
  }
  for (const name of ["read", "write"] as const) {
    if (encoding[name] === "protobuf") throw new InputError(`encoding.${name}`, `it needs the codec; ${pass}`);
  }
  return { codecs: createCodecs([json], clock), negotiation: jsonAlone };
}

const pass = 'pass protobuf: () => import("@kubewright/protobuf").then((module) => module.protobuf)';

const rules: RulesFor<EncodingOptions> = { read: oneOf("json", "protobuf"), write: oneOf("json", "protobuf") };

/** @throws InputError for what is no {@link EncodingOptions} */
export function checkEncoding(value: unknown, field: string): void {
  for (const [name, chosen] of Object.entries(plainObject(value, field))) {
    if (!Object.hasOwn(rules, name))
      throw unknownOption(
        `${field}.${name}`,
        Object.keys(rules).map((known) => `${field}.${known}`),
      );
    if (chosen !== undefined) rules[name as keyof EncodingOptions](chosen, `${field}.${name}`);
  }
}
