// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { Group } from "kubewright";
import type { PodTemplateSpec } from "kubewright/core/v1";
import type { TypeOfTheFuture } from "../core/v1.js";

export interface Widget {
  known?: PodTemplateSpec;
  unknown?: TypeOfTheFuture;
}

/** The client of example.com/v1. */
export interface ExampleComV1 {}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {},
};
