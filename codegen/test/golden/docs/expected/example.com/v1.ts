// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { Group } from "kubewright";

/** One line. */
export interface Documented {
  /**
   * Even.
   *
   * Value: 0 to less than 10. Multiple of: 2.
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
  /**
   * Rule: must be more than one
   *
   * Rule: `self < 9`
   */
  rules?: number;
  /** Items: at least 1. */
  some?: string[];
  /**
   * See
   * https://example.com/a/very/long/address/that/cannot/be/broken/because/it/has/no/spaces/anywhere/in/it/at/all/really/none
   * for more.
   */
  url?: string;
  /** Default: "abc". Pattern: `^[a-z]*\/?$`. Format: hostname. Length: 1 to 63. */
  validated?: string;
  zero?: number;
}

/** The client of example.com/v1. */
export interface ExampleComV1 {}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {},
};
