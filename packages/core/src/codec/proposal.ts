import type { RequestParts } from "../transport/request-parts.ts";
import type { ResendReason } from "../transport/resends.ts";

/** Another encoding than JSON, which one call tries first. JSON always does, so a proposal can be withdrawn. */
export interface Proposal {
  /** The request that makes it; a promise while the codec is loaded that writes its body. One that reads the answer begins to load. */
  propose(request: RequestParts): RequestParts | Promise<RequestParts>;
  /**
   * Why a failure asks for the same request as JSON, as which the resource is read or written from then on; undefined when JSON would
   * fail likewise.
   */
  declinedBy(error: unknown): ResendReason | undefined;
  /** The request as JSON. @throws StatusError where that is none, as of a watch that cannot be gone on with */
  withdraw(request: RequestParts): RequestParts;
}
