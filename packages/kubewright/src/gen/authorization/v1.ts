// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.
/// <reference path="../meta/v1.ts" preserve="true" />

export * from "@kubewright/api/authorization/v1";
