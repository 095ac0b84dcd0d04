import { encodeJson, InputError } from "@kubewright/core";
import { heldFields } from "../lazy/fields-v1.ts";
import { type Union, valueKinds } from "../schema/message.ts";
import type { Writer } from "../wire/wire.ts";
import { NotInSchema } from "./not-in-schema.ts";
import { isFields, isList, mustBe } from "./plain.ts";
import type { Plan, Slot } from "./plan.ts";
import { writeText, writeValue } from "./write-value.ts";

/** The ceiling of an object, in bytes: a few objects, many times within each other, would fill the memory. */
export const maxSize: number = 256 * 1024 * 1024;

/**
 * Writes what JSON.parse may have made as messages of the schema. What is not there is not written, for Go reads it as zero; nor is
 * null, but in lists, where it stands for zero. What is there is written, zeros too: of a pointer, zero is something.
 */
export class ObjectWriter {
  readonly #writer: Writer;
  readonly #field: string;
  /** The way to what is being written; what lies deeper than `#depth` is left over. */
  readonly #place: (string | number)[] = [];
  #depth = 0;

  /** `field`: what errors call the object. */
  constructor(writer: Writer, field: string) {
    this.#writer = writer;
    this.#field = field;
  }

  /**
   * Writes a message, without a length.
   *
   * @throws InputError for what a field cannot hold, NotInSchema for a field that is not known, RangeError for too many levels
   */
  message(value: unknown, plan: Plan): void {
    const { union } = plan.message;
    if (union === undefined) this.#fields(value, plan);
    else this.#union(value, union, [...plan.slots.values()]);
  }

  #fields(value: unknown, plan: Plan): void {
    if (!isFields(value)) this.#fail(mustBe("an object", value));
    if (this.#writer.pos > maxSize) throw new InputError(this.#field, "it is larger than 256 MiB");
    const { slots } = plan;
    const place = this.#place;
    const depth = this.#depth++;
    let inlined = false;
    for (const key of Object.keys(value)) {
      place[depth] = key;
      const slot = slots.get(key);
      if (slot === undefined) this.#unlisted(value[key], key, plan);
      else if (slot.field.inline) inlined = true;
      else if (slot.field.kind === valueKinds.fieldsV1) this.#fieldsV1(value, key, slot);
      else this.#values(value[key], slot);
    }
    if (inlined) this.#inlined(value, plan, depth);
    this.#depth = depth;
  }

  /** The messages whose fields are in JSON among those of the message around them. */
  #inlined(value: Readonly<Record<string, unknown>>, { inlined }: Plan, depth: number): void {
    for (const { field, plan } of inlined) {
      this.#writer.uint32(field.tag).fork();
      for (const key of Object.keys(value)) {
        this.#place[depth] = key;
        const slot = plan.slots.get(key);
        if (slot?.field.inline === false) this.#values(value[key], slot);
      }
      this.#inlined(value, plan, depth);
      this.#writer.ldelim();
    }
  }

  /** Only the envelope says what an object is; in JSON, those in it may too. */
  #unlisted(value: unknown, key: string, { message, slots }: Plan): void {
    if (value === undefined) return;
    const says = message.typeMeta || this.#depth === 1;
    if (!says || (key !== "apiVersion" && key !== "kind"))
      throw new NotInSchema(`field ${this.#at().slice(1)}`, this.#at(), [...slots.keys()]);
    if (value !== null && typeof value !== "string") this.#fail(mustBe("text", value));
  }

  #union(value: unknown, union: Union, [first, second]: readonly Slot[]): void {
    switch (union) {
      case "list":
        this.#list(value, first!);
        break;
      case "orBool":
        if (typeof value !== "boolean" && !isFields(value)) this.#fail(mustBe("an object, true or false", value));
        this.#one(value !== false, first!.field.tag, first!);
        if (typeof value !== "boolean") this.#one(value, second!.field.tag, second!);
        break;
      case "orArray":
      case "orStringArray":
        if (isFields(value)) this.#one(value, first!.field.tag, first!);
        else if (isList(value)) this.#list(value, second!);
        else this.#fail(mustBe("an object or a list", value));
    }
  }

  #values(value: unknown, slot: Slot): void {
    if (value === undefined || value === null) return;
    const { holds, tag } = slot.field;
    if (holds === "one") this.#one(value, tag, slot);
    else if (holds === "list") this.#list(value, slot);
    else this.#map(value, slot);
  }

  #list(value: unknown, slot: Slot): void {
    if (!isList(value)) this.#fail(mustBe("a list", value));
    const { kind, tag } = slot.field;
    const depth = this.#depth++;
    for (let i = 0; i < value.length; i++) {
      this.#place[depth] = i;
      const item = value[i];
      if (item !== null) this.#one(item, tag, slot);
      // Else zero, or nothing, of length zero.
      else if (kind === valueKinds.double) this.#writer.uint32(tag).double(0);
      else this.#writer.uint32(tag).uint32(0);
    }
    this.#depth = depth;
  }

  #map(value: unknown, slot: Slot): void {
    if (!isFields(value)) this.#fail(mustBe("an object", value));
    const writer = this.#writer;
    const depth = this.#depth++;
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (item === undefined) continue;
      this.#place[depth] = key;
      writer.uint32(slot.field.tag).fork().uint32(textTag);
      const problem = writeText(writer, key);
      if (problem !== undefined) this.#fail(problem);
      if (item !== null) this.#one(item, slot.entryTag, slot);
      writer.ldelim();
    }
    this.#depth = depth;
  }

  #one(value: unknown, tag: number, slot: Slot): void {
    const writer = this.#writer.uint32(tag);
    const { kind } = slot.field;
    switch (kind) {
      case valueKinds.message:
        writer.fork();
        this.message(value, slot.plan);
        writer.ldelim();
        return;
      case valueKinds.fieldsV1:
      case valueKinds.rawExtension:
      case valueKinds.json:
        writer
          .fork()
          .uint32(textTag)
          .string(encodeJson(value, this.#field + this.#at()))
          .ldelim();
        return;
      default: {
        const problem = writeValue(writer, kind, value);
        if (problem !== undefined) this.#fail(problem);
      }
    }
  }

  /** As it came, if nobody looked at it since. */
  #fieldsV1(entry: Readonly<Record<string, unknown>>, key: string, slot: Slot): void {
    const held = heldFields(entry);
    if (held === undefined) this.#values(entry[key], slot);
    else this.#json(held, this.#writer.uint32(slot.field.tag));
  }

  #json(text: string, writer: Writer): void {
    writer.fork().uint32(textTag).string(text).ldelim();
  }

  #fail(problem: string): never {
    throw new InputError(this.#field + this.#at(), problem);
  }

  #at(): string {
    const names = this.#place.slice(0, this.#depth);
    return names.map((name) => (typeof name === "number" ? `[${name}]` : `.${name}`)).join("");
  }
}

/** The tag of text or bytes that are field 1. */
const textTag = 10;
