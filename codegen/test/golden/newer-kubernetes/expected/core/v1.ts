// Written by @kubewright/codegen from a spec. Do not edit.

import type { PodTemplateSpec } from "kubewright/core/v1";

export interface NeededByIt {
  a?: string;
}

export interface TypeOfTheFuture {
  needed?: NeededByIt;
  pod?: PodTemplateSpec;
}
