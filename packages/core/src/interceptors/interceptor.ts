import type { Send } from "../transport/transport.ts";

/** Wraps the sending of requests. The first of a list is the outermost: it sees the request first and the response last. */
export type Interceptor = (next: Send) => Send;

/** One `Send` out of a transport's and the interceptors around it. */
export function intercept(send: Send, interceptors: readonly Interceptor[]): Send {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), send);
}
