import type { Fields } from "@kubewright/core";

/** Makes objects without fields, like `{}`. */
export type Make = new () => Fields;

/**
 * A constructor for the objects of one message. To users they are what JSON.parse makes: their prototype is Object's. V8 learns from
 * the first ones of each constructor how many fields the next ones will have, and keeps those within the object: smaller, and
 * faster to write.
 */
export function shapeOf(): Make {
  const Shape = function (this: Fields, room?: true) {
    // Never run. V8 counts the assignments: there is room for so many fields until it has learned.
    if (room === true) {
      this["a"] = this["b"] = this["c"] = this["d"] = this["e"] = this["f"] = this["g"] = this["h"] = 0;
      this["i"] = this["j"] = this["k"] = this["l"] = this["m"] = this["n"] = this["o"] = this["p"] = 0;
      this["q"] = this["r"] = this["s"] = this["t"] = this["u"] = this["v"] = this["w"] = this["x"] = 0;
    }
  } as unknown as Make;
  Shape.prototype = Object.prototype;
  return Shape;
}
