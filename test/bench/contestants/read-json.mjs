import { readBody } from "./read-body.mjs";

/** A whole body as JSON, with nothing between the bytes and JSON.parse. */
export async function readJson(body, encoding) {
  return JSON.parse((await readBody(body, encoding)).toString());
}
