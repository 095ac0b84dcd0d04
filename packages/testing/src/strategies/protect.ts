import type { Draft } from "../objects/draft.ts";

/** A finalizer that keeps what is in use (k8s.io/kubernetes plugin/pkg/admission/storage/storageobjectinuseprotection). */
export function protect({ metadata }: Draft, finalizer: string): void {
  const finalizers = metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) metadata.finalizers = [...finalizers, finalizer];
}
