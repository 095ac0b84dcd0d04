// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { Group } from "kubewright";

/** One line. */
export interface Documented {
  /** Value: more than 0 and at most 1. */
  above?: number;
  /**
   * Even.
   *
   * Value: at least 0 and less than 10. Multiple of: 2.
   */
  counted?: number;
  /** Globs such as **\/*.ts and *\/ are harmless. */
  end?: string;
  /**
   * A list:
   *  - `a` is the first entry, whose text is so long that it goes on in the next line, below its own first word and not
   *    below the dash.
   *  - `b`
   *
   * And a paragraph.
   */
  list?: string;
  /**
   * A text of many words that does not fit into one line of a hundred and twenty columns and therefore goes on in the
   * next line, where it ends.
   */
  long?: string;
  /** Fields: at most 3. */
  map?: { [key: string]: string };
  /** Value: more than 0. */
  more?: number;
  /**
   * Rule: must be more than one
   *
   * Rule: `self < 9`
   */
  rules?: number;
  /** Items: at least 1. */
  some?: string[];
  /**
   * Words such as \@deprecated are no tags,
   * \@param at the start of a line neither, mail@example.com is one word, and `code @see` stays. This one would stand at
   * the start of a line after wrapping, if it were not for the \@returns that is here: `code that is wrapped, with an
   * \@internal` word in it.
   */
  tags?: string;
  /**
   * See
   * https://example.com/a/very/long/address/that/cannot/be/broken/because/it/has/no/spaces/anywhere/in/it/at/all/really/none
   * for more.
   */
  url?: string;
  /** Default: "abc". Pattern: `^[a-z]*\/?$`. Format: hostname. Length: 1 to 63. */
  validated?: string;
  /** A time in RFC 3339, as `toISOString()` writes it. */
  when?: string;
  zero?: number;
}

/** The client of example.com/v1. */
export interface ExampleComV1 {}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {},
};
