// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { Creates, Gets, Group, Namespaced, NamespacedObject, Resource } from "kubewright";

export interface Template extends NamespacedObject {
  a?: string;
}

/** The client of processedtemplates within one namespace. */
export interface ProcessedtemplatesResource extends Creates<Template, Template> {}

/** processedtemplates of example.com/v1, for `cluster.resource()`. */
export const processedtemplates: Resource<Namespaced<ProcessedtemplatesResource>> = {
  group: "example.com", version: "v1", plural: "processedtemplates", kind: "Template", namespaced: true,
  verbs: ["create"],
};

/** The client of templates within one namespace. */
export interface TemplateResource extends Gets<Template, Template> {}

/** templates of example.com/v1, for `cluster.resource()`. */
export const templates: Resource<Namespaced<TemplateResource>> = {
  group: "example.com", version: "v1", plural: "templates", kind: "Template", namespaced: true,
  verbs: ["get"],
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly processedtemplates: Namespaced<ProcessedtemplatesResource>;
  readonly templates: Namespaced<TemplateResource>;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    processedtemplates,
    templates,
  },
};
