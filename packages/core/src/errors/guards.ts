import { isKubeError } from "./kube-error.ts";
import type { StatusError } from "./status-error.ts";

// Reasons are those of metav1.StatusReason (k8s.io/apimachinery pkg/apis/meta/v1/types.go). A known reason decides; the
// HTTP code speaks only where the server gave none, as in apimachinery's ReasonAndCodeForError.

/** True for a {@link StatusError}, also one from another installed copy of the library. */
export function isStatusError(error: unknown): error is StatusError {
  return isKubeError(error) && error.name === "StatusError";
}

function says(error: unknown, reason: string, code: number): error is StatusError {
  if (!isStatusError(error)) return false;
  return error.reason === reason || ((error.reason === "" || error.reason === "Unknown") && error.statusCode === code);
}

/** The object, or the resource itself, does not exist. */
export function isNotFound(error: unknown): error is StatusError {
  return says(error, "NotFound", 404);
}

/** The object exists already (create), or a generated name collided. */
export function isAlreadyExists(error: unknown): error is StatusError {
  return isStatusError(error) && error.reason === "AlreadyExists";
}

/** The object changed since it was read, a precondition failed, or another manager owns an applied field. */
export function isConflict(error: unknown): error is StatusError {
  return says(error, "Conflict", 409);
}

/** The caller is known but may not do this. */
export function isForbidden(error: unknown): error is StatusError {
  return says(error, "Forbidden", 403);
}

/** The credentials are missing, wrong or expired. */
export function isUnauthorized(error: unknown): error is StatusError {
  return says(error, "Unauthorized", 401);
}

/** The object breaks the API's validation; `status.details.causes` names the fields. */
export function isInvalid(error: unknown): error is StatusError {
  return says(error, "Invalid", 422);
}

/** The resourceVersion or continue token is too old: reason Expired or Gone, or a bare 410. List again. */
export function isExpired(error: unknown): error is StatusError {
  return isStatusError(error) && (error.reason === "Expired" || error.reason === "Gone" || error.statusCode === 410);
}

/** The server is busy, or a disruption budget forbids an eviction now; see `retryAfterSeconds`. */
export function isTooManyRequests(error: unknown): error is StatusError {
  return says(error, "TooManyRequests", 429);
}

/**
 * `fieldValidation: "Strict"` found unknown or duplicate fields. The API server says this as 400 BadRequest, of a patch as 422
 * Invalid (k8s.io/apimachinery pkg/runtime/error.go, strictDecodingError). What `apply` refuses is another error, and needs no
 * Strict: it never takes fields that the schema lacks.
 */
export function isStrictDecodingError(error: unknown): error is StatusError {
  if (!isStatusError(error) || (error.statusCode !== 400 && error.statusCode !== 422)) return false;
  return (error.status.message ?? "").includes("strict decoding error");
}
