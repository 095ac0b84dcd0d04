// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { Group, ListMapItem } from "kubewright";

export interface Atomic {
  name: string;
}

export interface Defaulted extends ListMapItem<"port"> {
  port: number;
  /** Default: "TCP". */
  protocol?: string;
}

export interface Lists {
  again?: Twice[];
  atomic?: Atomic[];
  defaulted?: Defaulted[];
  mixed?: Mixed[];
  optional?: Optional[];
  required?: Required[];
  twice?: Twice[];
}

export interface Mixed extends ListMapItem<"driver" | "pool"> {
  driver: string;
  pool: string;
  share?: string;
}

export interface Optional extends ListMapItem<"type"> {
  type?: string;
}

export interface Required extends ListMapItem<"name"> {
  name: string;
}

export interface Twice extends ListMapItem<"b"> {
  a: string;
  b: string;
}

/** The client of example.com/v1. */
export interface ExampleComV1 {}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {},
};
