import { type Cause, invalid } from "../exchange/refusal.ts";
import type { Draft } from "../objects/draft.ts";
import type { WriteCall } from "./write-call.ts";

/** @throws Refusal 422 when there is any cause */
export function refuseInvalid(causes: readonly Cause[], draft: Draft, { kind }: WriteCall): void {
  if (causes.length > 0) throw invalid(kind, draft.metadata.name ?? "", causes);
}
