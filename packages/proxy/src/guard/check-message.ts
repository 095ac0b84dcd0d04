import { Refusal } from "../request/refusal.ts";
import type { Method } from "../request/target.ts";
import type { RequestHeaders } from "./request-headers.ts";

const methods: readonly Method[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Refuses what two readers of HTTP could understand in two ways, and what would change the protocol. Gives the method. */
export function checkMessage(method: string | undefined, headers: RequestHeaders): Method {
  const found = methods.find((one) => one === method);
  if (found === undefined) throw new Refusal(405, `the method must be one of ${methods.join(", ")}`);
  const encoding = headers.get("transfer-encoding");
  const length = headers.get("content-length");
  if (encoding !== undefined && encoding.toLowerCase() !== "chunked")
    throw new Refusal(400, "the header transfer-encoding must be chunked, or left out");
  if (encoding !== undefined && length !== undefined)
    throw new Refusal(400, "the headers content-length and transfer-encoding are both there; leave one of them out");
  if (length !== undefined && !/^\d{1,15}$/.test(length))
    throw new Refusal(400, "the header content-length must be a number");
  if (headers.has("expect")) throw new Refusal(417, "the header expect is not relayed; leave it out");
  for (const name of headers.keys())
    if (name.startsWith("impersonate-"))
      throw new Refusal(403, `the header ${name} is not relayed: as whom a page acts, the proxy decides`);
  return found;
}

/** Whether a body comes. */
export function hasBody(headers: RequestHeaders): boolean {
  return headers.has("transfer-encoding") || (headers.get("content-length") ?? "0") !== "0";
}

/** What bodies may be: nothing that a form or a simple request of a foreign page can send. */
const bodyTypes: readonly string[] = [
  "application/json",
  "application/yaml",
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
  "application/apply-patch+yaml",
  "application/apply-patch+cbor",
  "application/vnd.kubernetes.protobuf",
];

/** @throws Refusal for a body where there is none, and for one that is not what it must be */
export function checkBody(method: Method, headers: RequestHeaders, types: readonly string[] = bodyTypes): void {
  if (!hasBody(headers)) return;
  if (method === "GET" || method === "HEAD") throw new Refusal(400, `a ${method} has no body`);
  const [type = "", ...parameters] = (headers.get("content-type") ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (!types.includes(type) || parameters.some((parameter) => !/^charset="?utf-8"?$/.test(parameter)))
    throw new Refusal(415, `the header content-type must be ${types.join(" or ")}`);
  const coding = headers.get("content-encoding");
  if (coding !== undefined && coding !== "identity")
    throw new Refusal(415, "the header content-encoding is not relayed; send the body as it is");
}
