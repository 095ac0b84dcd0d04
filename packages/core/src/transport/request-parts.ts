import type { ApiRequest } from "./transport.ts";

/** A request without what its call adds. */
export type RequestParts = Omit<ApiRequest, "signal" | "endsAt" | "streaming" | "resends">;
