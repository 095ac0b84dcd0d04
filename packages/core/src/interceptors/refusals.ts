import { responseError } from "../codec/response-error.ts";
import type { Interceptor } from "./interceptor.ts";

/** Throws what a status of 300 or more stands for. */
export const refusals: Interceptor = (next) => async (request) => {
  const response = await next(request);
  if (response.status < 300) return response;
  throw await responseError(response, request);
};
