import { ownerOfToken, type TokenOwner, type WrongToken } from "../access/authenticate.ts";
import { issuer } from "../access/account-token.ts";
import { badRequest } from "../exchange/refusal.ts";
import { finished } from "../objects/draft.ts";
import { wipeSystemMetadata } from "../objects/system-metadata.ts";
import type { Call } from "../request/call.ts";
import { identification } from "../state/identification.ts";
import type { ServerState } from "../state/server-state.ts";
import { objectIn, textIn, textsIn } from "../validation/fields.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { readReview } from "../verbs/read-review.ts";
import { userInfo } from "./user-info.ts";

/** Whose a token is. k8s.io/kubernetes pkg/registry/authentication/tokenreview/storage.go @throws Refusal for none */
export async function tokenReview(call: Call, state: ServerState): Promise<Outcome> {
  const review = readReview(call, state);
  wipeSystemMetadata(review);
  const spec = objectIn(review, "spec");
  const token = textIn(spec, "token");
  if (token === "") throw badRequest("token is required for TokenReview in authentication");
  const wanted = textsIn(spec, "audiences");
  const owner = await ownerOfToken(token, identification(state), wanted.length === 0 ? [issuer] : wanted);
  return { kind: "object", status: 201, object: finished({ ...review, status: statusOf(owner) }) };
}

function statusOf(owner: TokenOwner | WrongToken): object {
  if (!("wrong" in owner)) return { authenticated: true, user: userInfo(owner.user), audiences: owner.audiences };
  const invalid = "invalid bearer token";
  return { user: {}, error: owner.wrong === "" ? invalid : `[${invalid}, ${owner.wrong}]` };
}
