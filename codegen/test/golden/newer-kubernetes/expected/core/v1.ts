// Written by @kubewright/codegen from core/v1. Do not edit.

import type { PodTemplateSpec } from "kubewright/core/v1";

export interface NeededByIt {
  a?: string;
}

export interface TypeOfTheFuture {
  needed?: NeededByIt;
  pod?: PodTemplateSpec;
}
