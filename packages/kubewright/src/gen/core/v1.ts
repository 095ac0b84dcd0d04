// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.
/// <reference path="../authentication/v1.ts" preserve="true" />
/// <reference path="../autoscaling/v1.ts" preserve="true" />
/// <reference path="../meta/v1.ts" preserve="true" />
/// <reference path="../policy/v1.ts" preserve="true" />

export * from "@kubewright/api/core/v1";
