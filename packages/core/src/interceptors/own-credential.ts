import type { Interceptor } from "./interceptor.ts";

/** Whoever puts an Authorization header to a request before this one means it to count alone: see `ApiRequest.ownCredential`. */
export const ownCredential: Interceptor = (next) => (request) =>
  next(request.headers["authorization"] === undefined ? request : { ...request, ownCredential: true });
