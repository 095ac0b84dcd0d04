// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { Group } from "kubewright";

export interface Anchor {
  a?: string;
}

/** No fields, but an object. */
export type Empty = { [key: string]: unknown };

/** No object at all. */
export type Text = string;

export interface Values {
  /** Anything at all. */
  any?: unknown;
  /** Base64. */
  blob?: string;
  /** Base64. */
  blobs?: { [key: string]: string };
  either?: string | boolean;
  level?: 1 | 2 | (number & {});
  list?: ("X" | "Y\"Z" | (string & {}))[];
  matrix?: number[][];
  maybe?: ("A" | (string & {})) | null;
  nullableRef?: Anchor | null;
  on?: boolean;
  one?: "Only" | (string & {});
  policy: "Always" | "Never" | (string & {});
  ratio?: number;
  refs?: { [key: string]: Anchor };
  wide?: number;
  "x-kebab-case"?: string;
}

/** The client of example.com/v1. */
export interface ExampleComV1 {}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {},
};
