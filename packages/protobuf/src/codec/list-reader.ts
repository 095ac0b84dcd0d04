import { type Fields, LimitError, OBJECT_LIMIT, type RequestInfo, type Wanted } from "@kubewright/core";
import { readAlso, readFields, readValue } from "../decode/decode-message.ts";
import { Malformed, tooLong, unknownField } from "../decode/malformed.ts";
import { type Plan, type PlannedField, ways } from "../decode/plan.ts";
import type { Plans } from "../decode/plans.ts";
import { begun, envelopeTags, readContentField, readMagic, readTypeMeta } from "./envelope.ts";
import type { TypeMeta } from "../schema/message.ts";
import type { Source } from "./source.ts";
import { hasMore, header, need, type Wait } from "./waiting.ts";

/** How many bytes are decoded before others may have their turn. */
const stepSize = 16 * 1024;

/** Reads a list with its envelope while its bytes arrive. */
export class ListReader {
  /** The items that were decoded, each as it is wanted. */
  readonly items: unknown[] = [];
  readonly #source: Source;
  readonly #plans: Plans;
  readonly #wanted: Wanted;
  readonly #request: RequestInfo;

  constructor(source: Source, plans: Plans, wanted: Wanted, request: RequestInfo) {
    this.#source = source;
    this.#plans = plans;
    this.#wanted = wanted;
    this.#request = request;
  }

  /** Returns the list without its items, or what the body is if it is none. */
  *read(): Generator<Wait, Fields> {
    const source = this.#source;
    yield* need(source, 4);
    readMagic(source.input, source.input.len);
    let type: TypeMeta | undefined;
    let object: Fields | undefined;
    while (yield* hasMore(source)) {
      const { tag, size, length } = yield* header(source);
      if (tag === envelopeTags.raw) {
        if (object !== undefined) throw new Malformed("it has two objects");
        // Kubernetes writes fields in the order of their numbers.
        if (type === undefined) throw new Malformed("it does not say its kind");
        source.input.pos += length;
        object = yield* this.#object(type, size);
      } else {
        yield* this.#whole("the envelope", length + size);
        const { input } = source;
        input.pos += length;
        const end = input.pos + size;
        if (tag === envelopeTags.typeMeta) type = readTypeMeta(input, end);
        else readContentField(tag, input, end);
      }
    }
    if (object === undefined) throw new Malformed("it has no object");
    return object;
  }

  *#object(type: TypeMeta, size: number): Generator<Wait, Fields> {
    const object = begun(type);
    const plan = this.#plans.whole(type.apiVersion, type.kind);
    const items = plan.fields.find((field) => field?.key === "items" && field.way === ways.list);
    if (items?.plan === undefined) {
      yield* this.#whole("the answer", size);
      const { input } = this.#source;
      readFields(object, plan, input, input.pos + size);
    } else {
      yield* this.#list(object, plan, { ...items, plan: this.#plans.wanted(items.plan, this.#wanted) }, size);
    }
    return object;
  }

  *#list(list: Fields, plan: Plan, items: PlannedField, size: number): Generator<Wait, void> {
    const source = this.#source;
    const end = source.position + size;
    let turn = source.position + stepSize;
    while (source.position < end) {
      const next = yield* header(source);
      if ((next.tag & 7) !== 2) throw unknownField(next.tag, plan.name);
      const whole = next.length + next.size;
      if (source.position + whole > end) throw tooLong();
      yield* this.#whole("the list's item", whole);
      const { input } = source;
      if (next.tag === items.tag) {
        input.tag();
        this.items.push(readValue(items, input, input.len));
      } else readAlso(list, plan, input, input.pos + whole);
      if (source.position < turn) continue;
      yield "turn";
      turn = source.position + stepSize;
    }
    // What is not there has its zero.
    readAlso(list, plan, source.input, source.input.pos);
    list["items"] = this.items;
  }

  *#whole(what: string, size: number): Generator<Wait, void> {
    if (size > OBJECT_LIMIT) throw new LimitError(what, OBJECT_LIMIT, { request: this.#request });
    yield* need(this.#source, size);
  }
}
