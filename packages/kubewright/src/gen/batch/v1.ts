// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

export * from "@kubewright/api/batch/v1";
