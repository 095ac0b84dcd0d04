// What the modules that load later share with those that are there from the start. Each of them takes it from here: so all need
// the same set of modules, which bundlers then keep in one piece instead of a dozen small ones.
export { call, streamCall, withCaller } from "./client/call.ts";
export { startDeadline } from "./client/deadline.ts";
export { kindOf, requestParts } from "./client/target.ts";
export { LIST_LIMIT, OBJECT_LIMIT, decodeText, joinBytes, readBytes, readText } from "./codec/body.ts";
export { encodeJson, parseJson } from "./codec/json.ts";
export { decodeObject, responseError } from "./codec/response.ts";
export { DecodeError, LimitError } from "./errors/body-errors.ts";
export { InputError } from "./errors/input-error.ts";
export { TimeoutError } from "./errors/transport-errors.ts";
export { headerLists } from "./request/headers.ts";
export { nearest } from "./request/nearest.ts";
export { apiVersionOf, groupVersionPath, rawPath } from "./request/path.ts";
export { appendQuery, queryOf, unknownOption } from "./request/query.ts";
