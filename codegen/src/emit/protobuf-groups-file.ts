import type { ProtobufSchema } from "../load/protobuf-schema.ts";
import { header } from "./print-module.ts";

/** For core, which asks for protobuf only where there is any: the API groups of the kinds that have it. */
export function protobufGroupsFile({ messages }: ProtobufSchema, origin: string): string {
  const groups = new Set(Object.values(messages).flatMap(({ kinds = [] }) => kinds.map(({ group }) => group)));
  return [
    header(origin),
    "/** The API groups whose kinds have a form in protobuf. */",
    `export const protobufGroups: readonly string[] = [\n${[...groups]
      .toSorted()
      .map((group) => `  ${JSON.stringify(group)},\n`)
      .join("")}];\n`,
  ].join("\n");
}
