// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

export const major = "1";

export const minor = "36";

export const gitVersion = "v1.36.3";
