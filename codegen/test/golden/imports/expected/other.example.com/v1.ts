// Written by @kubewright/codegen from other.example.com/v1. Do not edit.

import type { Group } from "kubewright";

export interface Thing {
  a?: string;
}

/** The client of other.example.com/v1. */
export interface OtherExampleComV1 {}

/** other.example.com/v1, for `cluster.api(OtherExampleComV1)`. */
export const OtherExampleComV1: Group<OtherExampleComV1> = {
  group: "other.example.com", version: "v1",
  resources: {},
};
