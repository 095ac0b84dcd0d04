// What the modules that load later share with those that are there from the start. Each of them takes it from here: so all need
// the same set of modules, which bundlers then keep in one piece instead of a dozen small ones.
export { call, send, streamCall } from "./client/call.ts";
export { LONGEST_WAIT, startDeadline } from "./client/deadline.ts";
export { filling, kindOf, requestParts } from "./client/target.ts";
export { LIST_LIMIT, OBJECT_LIMIT, decodeText, joinBytes, readBytes, readText } from "./codec/body.ts";
export { parseJson, rawJson } from "./codec/parse-json.ts";
export { contentType, decodeObject, isJson, isObject, notAnApiServer } from "./codec/response.ts";
export { DecodeError, LimitError } from "./errors/body-errors.ts";
export { InputError } from "./errors/input-error.ts";
export { StatusError } from "./errors/status-error.ts";
export { ConnectionError, RedirectError, TimeoutError } from "./errors/transport-errors.ts";
export { nearest } from "./request/nearest.ts";
export { apiVersionOf, groupVersionPath } from "./request/path.ts";
export { appendQuery, queryOf, unknownOption } from "./request/query.ts";
export {
  callRules,
  collectionRules,
  count,
  flag,
  oneOf,
  selectorRules,
  text,
  versionRules,
} from "./request/rules/rule.ts";
