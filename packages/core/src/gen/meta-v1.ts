// placeholder until generated
export interface ObjectMeta { name?: string; namespace?: string; generateName?: string; uid?: string; resourceVersion?: string; creationTimestamp?: string; deletionTimestamp?: string; deletionGracePeriodSeconds?: number; generation?: number; selfLink?: string; labels?: { [key: string]: string }; annotations?: { [key: string]: string }; finalizers?: string[]; ownerReferences?: OwnerReference[]; managedFields?: ManagedFieldsEntry[] }
export interface OwnerReference { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean; blockOwnerDeletion?: boolean }
export interface ManagedFieldsEntry { manager?: string; operation?: string; apiVersion?: string; time?: string; fieldsType?: string; fieldsV1?: { [key: string]: unknown }; subresource?: string }
export interface StatusCause { field?: string; message?: string; reason?: string }
export interface StatusDetails { causes?: StatusCause[]; group?: string; kind?: string; name?: string; retryAfterSeconds?: number; uid?: string }
export interface Status { apiVersion?: "v1"; kind?: "Status"; metadata?: { resourceVersion?: string; continue?: string }; status?: string; message?: string; reason?: string; code?: number; details?: StatusDetails }
export interface LabelSelectorRequirement { key: string; operator: string; values?: string[] }
export interface LabelSelector { matchLabels?: { [key: string]: string }; matchExpressions?: LabelSelectorRequirement[] }
export interface Condition { type: string; status: string; reason: string; message: string; lastTransitionTime: string; observedGeneration?: number }
