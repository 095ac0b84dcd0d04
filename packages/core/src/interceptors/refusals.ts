import { unlessAborted } from "../client/unless-aborted.ts";
import { StatusError } from "../errors/status-error.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { Interceptor } from "./interceptor.ts";

/**
 * Throws what a status of 300 or more stands for. What reads such answers is loaded with the first; where that fails, as in a page
 * whose session is over, the error still has the status.
 */
export const refusals: Interceptor = (next) => async (request) => {
  const response = await next(request);
  if (response.status < 300) return response;
  const { responseError } = await unlessAborted(import("../codec/response-error.ts"), request.signal).catch(
    (cause: unknown) => {
      response.discard();
      request.signal?.throwIfAborted();
      const message = "the module that reads the answer could not be loaded";
      const { status: code } = response;
      const status: Status = { status: "Failure", message, code };
      throw new StatusError(status, code, { request, cause });
    },
  );
  throw await responseError(response, request);
};
