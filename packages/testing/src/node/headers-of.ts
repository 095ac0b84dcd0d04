import { headerText } from "@kubewright/core";
import { requestHeaders, type RequestHeaders } from "../exchange/request-headers.ts";

/** The headers of a request as Node has them: names and values in turn. */
export function headersOf({ rawHeaders }: { readonly rawHeaders: readonly string[] }): RequestHeaders {
  const lists: Record<string, string[]> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    (lists[name === ":authority" ? "host" : name] ??= []).push(headerText(rawHeaders[i + 1]!));
  }
  return requestHeaders(lists);
}
