import type { Field, Message } from "../schema/message.ts";
import { wireType } from "../schema/read-message.ts";

/** A field as it is found when an object is written. */
export class Slot {
  readonly field: Field;
  /** How a value begins in an entry of a map, where it is always field 2. */
  readonly entryTag: number;
  #plan: Plan | undefined;

  constructor(field: Field) {
    this.field = field;
    this.entryTag = 2 * 8 + wireType(field.kind);
  }

  /** Of the messages that it holds. Made when it is first needed: messages may hold each other. */
  get plan(): Plan {
    this.#plan ??= planOf(this.field.message!);
    return this.#plan;
  }
}

/** How a message is written. */
export interface Plan {
  readonly message: Message;
  /** Its fields by their names in JSON. That of a field of an inlined message is the inlined message. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** The messages whose fields are in JSON among its own. */
  readonly inlined: readonly Slot[];
}

const plans = new WeakMap<Message, Plan>();

/** The plan of a message, which is made once. */
export function planOf(message: Message): Plan {
  const known = plans.get(message);
  if (known !== undefined) return known;
  const slots = new Map<string, Slot>();
  const inlined: Slot[] = [];
  for (const field of message.fields) {
    if (field === undefined) continue;
    const slot = new Slot(field);
    if (field.inline) {
      inlined.push(slot);
      for (const key of slot.plan.slots.keys()) slots.set(key, slot);
    } else slots.set(field.key, slot);
  }
  const plan = { message, slots, inlined };
  plans.set(message, plan);
  return plan;
}
