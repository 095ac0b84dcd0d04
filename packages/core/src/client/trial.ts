import { isBeyondSchema } from "../codec/beyond-schema.ts";
import type { Proposal } from "../codec/proposal.ts";
import { DecodeError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import type { Resends } from "../transport/resends.ts";

/** The request of one call: as it is proposed, then as it is given. */
export interface Trial {
  /** What to send; a promise while a codec is being loaded that must write its body. */
  request(): RequestParts | Promise<RequestParts>;
  /** Withdraws the proposal after a failure, if that is what it takes; says whether to send the request as it is now. */
  withdrawAfter(error: unknown): boolean;
}

/** Begins with the proposal, if there is one. */
export function createTrial(given: RequestParts, proposal: Proposal | undefined, resends: Resends): Trial {
  let proposed = proposal;
  let plain = given;
  return {
    request: () => (proposed === undefined ? plain : proposed.propose(plain)),
    withdrawAfter(error) {
      const reason = proposed?.declinedBy(error);
      if (proposed === undefined || reason === undefined || !resends.allow(reason)) return false;
      plain = proposed.withdraw(plain);
      proposed = undefined;
      return true;
    },
  };
}

/**
 * What a caller is told of an error. Where a proposal can be withdrawn, nobody hears of a BeyondSchema: this one comes of an answer in
 * an encoding that was not asked for, or the call may not be sent again.
 */
export function forCaller(error: unknown, request: RequestInfo): unknown {
  if (!isBeyondSchema(error)) return error;
  return new DecodeError(
    `Undecodable: the server sends ${error.what}, which this version of Kubewright does not know; upgrade Kubewright`,
    { request },
  );
}
