import { internalTypes } from "../gen/internal-types.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A field of a struct of the server's own. */
interface StructField {
  /** As JSON has it, its name in Go; "" for all fields of what `from` holds. */
  readonly name: string;
  /** In bodies. */
  readonly from: string;
  /** Shown where it is missing; undefined for a struct with nothing in it. */
  readonly zero: unknown;
  /** The struct within, or within a list. */
  readonly type: string | undefined;
}

/** What the server keeps elsewhere than bodies have it. */
const moved: Readonly<Record<string, (object: Fields) => Fields>> = {
  // Convert_v1_PodSpec_To_core_PodSpec
  PodSpec: ({ securityContext, hostNetwork, hostPID, hostIPC, hostUsers, shareProcessNamespace, ...rest }) => {
    const ofHost = { hostNetwork, hostPID, hostIPC, hostUsers, shareProcessNamespace };
    return { ...rest, securityContext: { ...(securityContext as Fields | undefined), ...ofHost } };
  },
};

/**
 * A value as the struct of the server's own prints it, which has Go's names and every zero: some messages show it. `type`: one that is
 * generated, such as `PodSpec`.
 */
export function structForm(type: string, value: object): Fields {
  const object = moved[type]?.(value as Fields) ?? (value as Fields);
  const entries = fieldsOf(type).flatMap((field): (readonly [string, unknown])[] =>
    field.name === ""
      ? Object.entries((object[field.from] ?? {}) as Fields)
      : [[field.name, shown(object[field.from], field)]],
  );
  return Object.fromEntries(entries);
}

function shown(value: unknown, { zero, type }: StructField): unknown {
  if (value === undefined || value === null)
    return zero === undefined && type !== undefined ? structForm(type, {}) : zero;
  if (type === undefined) return value;
  return Array.isArray(value) ? value.map((one: object) => structForm(type, one)) : structForm(type, value as object);
}

const known = new Map<string, readonly StructField[]>();

function fieldsOf(type: string): readonly StructField[] {
  const found = known.get(type);
  if (found !== undefined) return found;
  const text = internalTypes[type];
  if (text === undefined) throw new Error(`${type} is no struct that is known`);
  const fields = text.split(" ").map(readField);
  known.set(type, fields);
  return fields;
}

function readField(text: string): StructField {
  const [, name = "", from, zero, type] = /^(\w*)(?:\((\w+)\))?=([^:]*)(?::(\w+))?$/.exec(text) ?? [];
  return {
    name,
    from: from ?? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`,
    zero: zero === "" || zero === undefined ? undefined : JSON.parse(zero),
    type,
  };
}
