// Written by @kubewright/codegen from example.com/v2. Do not edit.

import type { Group } from "kubewright";

export interface Thing {
  a?: string;
}

/** The client of example.com/v2. */
export interface ExampleComV2 {}

/** example.com/v2, for `cluster.api(ExampleComV2)`. */
export const ExampleComV2: Group<ExampleComV2> = {
  group: "example.com", version: "v2",
  resources: {},
};
