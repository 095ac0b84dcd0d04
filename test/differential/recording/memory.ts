import { applied, type Change, changeOf } from "./change.ts";

type Json = Readonly<Record<string, unknown>>;

/** How many of the last objects of a kind are tried as what another one is a change of. */
const window = 8;

/**
 * Writes bodies as changes of objects that were sent or answered before, as `{"@": 3, …}` for the third last and `{"@": 0, …}` for what
 * was just sent, and reads them again. Both ways have to go through the same bodies in the same order.
 */
export class Memory {
  readonly #known: Json[] = [
    {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: "",
      reason: "",
      details: {},
      code: 0,
    },
  ];

  /** What stands for a body. */
  write(body: unknown, sent: unknown): unknown {
    const written = eachObject(body, (object, kind) => this.#shortest(object, kind, sent));
    this.#keep(body);
    return written;
  }

  /** The body again. */
  read(written: unknown, sent: unknown): unknown {
    const body = inOrder(eachObject(written, (object) => this.#whole(object, sent)));
    this.#keep(body);
    return body;
  }

  #shortest(object: Json, kind: unknown, sent: unknown): Json {
    let best = object;
    let length = JSON.stringify(object).length;
    const consider = (from: unknown, position: number): void => {
      const change = changeOf(from, object);
      if (change === undefined) return;
      const written = { "@": position, ...change };
      const needs = JSON.stringify(written).length;
      if (needs >= length) return;
      best = written;
      length = needs;
    };
    consider(sent, 0);
    let tried = 0;
    for (let at = this.#known.length - 1; at >= 0 && tried < window; at--) {
      if (this.#known[at]!["kind"] !== kind) continue;
      consider(this.#known[at], this.#known.length - at);
      tried += 1;
    }
    return best;
  }

  #whole(written: Json, sent: unknown): Json {
    const { "@": position, ...change } = written;
    if (position === undefined) return written;
    return applied(position === 0 ? sent : this.#known.at(-(position as number)), change as Change) as Json;
  }

  #keep(body: unknown): void {
    eachObject(body, (object, kind) => {
      this.#known.push({ kind, ...object });
      return object;
    });
  }
}

/** The body with something else for each object in it: itself, a list's items, the object of an event. */
function eachObject(body: unknown, make: (object: Json, kind: unknown) => Json): unknown {
  if (!isJson(body)) return body;
  const { kind, items, object } = body;
  if (Array.isArray(items)) {
    const kindOfItems = typeof kind === "string" ? kind.replace(/List$/, "") : kind;
    return { ...body, items: items.map((item: unknown) => (isJson(item) ? make(item, kindOfItems) : item)) };
  }
  if ("type" in body && isJson(object)) return { ...body, object: make(object, object["kind"]) };
  return make(body, kind);
}

/** With all keys as the normaliser leaves them, so that what is made of it and sent on is the same text. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isJson(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, inOrder(one)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
