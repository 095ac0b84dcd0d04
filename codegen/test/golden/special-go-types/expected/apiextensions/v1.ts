// Written by @kubewright/codegen from apiextensions/v1. Do not edit.

import type { Group } from "kubewright";

export interface JSONSchemaProps {
  $ref?: string;
  additionalItems?: JSONSchemaProps | boolean;
  amount?: string;
  amounts?: { [key: string]: string };
  /**
   * When.
   *
   * A time in RFC 3339, as `toISOString()` writes it.
   */
  at?: string;
  default?: unknown;
  dependencies?: { [key: string]: JSONSchemaProps | string[] };
  enum?: unknown[];
  /** A time with six digits after the second, as `microTime()` writes it. */
  exactly?: string;
  fields?: { [key: string]: unknown };
  items?: JSONSchemaProps | JSONSchemaProps[];
  port?: number | string;
  raw?: { [key: string]: unknown };
  raws?: { [key: string]: unknown }[];
}

/** The client of apiextensions.k8s.io/v1. */
export interface ApiextensionsV1 {}

/** apiextensions.k8s.io/v1, for `cluster.api(ApiextensionsV1)`. */
export const ApiextensionsV1: Group<ApiextensionsV1> = {
  group: "apiextensions.k8s.io", version: "v1",
  resources: {},
};
