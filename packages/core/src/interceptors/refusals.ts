import type { Codecs } from "../codec/codecs.ts";
import type { Interceptor } from "./interceptor.ts";

/** Throws what a status of 300 or more stands for. */
export function refusals(codecs: Codecs): Interceptor {
  return (next) => async (request) => {
    const response = await next(request);
    if (response.status < 300) return response;
    throw await codecs.failure(response, request);
  };
}
