// An application of ES modules whose dependency requires the packages: both copies in one process know each other's errors and values.
import { createRequire } from "node:module";
import * as esm from "kubewright";
import * as esmCore from "@kubewright/core";

const require = createRequire(import.meta.url);
const cjs = require("kubewright");
const cjsCore = require("@kubewright/core");
const problems = [];
const expect = (what, holds) => holds || problems.push(what);

expect("they are two copies", esm.KubeError !== cjs.KubeError);
expect(
  "both export the same names",
  String(Object.keys(esm).toSorted()) ===
    String(
      Object.keys(cjs)
        .filter((name) => name !== "__esModule")
        .toSorted(),
    ),
);
for (const [from, to, core] of [
  [esm, cjs, esmCore],
  [cjs, esm, cjsCore],
]) {
  const request = { verb: "get", path: "/x" };
  for (const error of [
    new from.InputError("name", "is bad"),
    new from.ConnectionError("Closed: x"),
    new from.TimeoutError("x", { request }),
  ]) {
    expect(`isKubeError of ${error.name}`, to.isKubeError(error) && !to.isStatusError(error));
  }
  const guards = {
    404: ["NotFound", "isNotFound"],
    409: ["Conflict", "isConflict"],
    403: ["Forbidden", "isForbidden"],
    401: ["Unauthorized", "isUnauthorized"],
    422: ["Invalid", "isInvalid"],
    410: ["Expired", "isExpired"],
    429: ["TooManyRequests", "isTooManyRequests"],
  };
  for (const [code, [reason, guard]] of Object.entries(guards)) {
    const status = { kind: "Status", apiVersion: "v1", status: "Failure", reason, code: Number(code), message: "x" };
    const error = await core
      .createCluster({ transport: answers(Number(code), status) })
      .request({ method: "GET", path: "/x" })
      .catch((caught) => caught);
    expect(`${guard}: ${error}`, to[guard](error) && to.isStatusError(error) && error.statusCode === Number(code));
  }
  const quantity = from.Quantity.parse ? from.Quantity.parse("1Gi") : new from.Quantity("1Gi");
  expect(
    "a Quantity of the other copy can be computed with",
    to.Quantity.parse ? to.Quantity.parse(quantity).toString() === "1Gi" : true,
  );
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}

function answers(status, body) {
  return {
    server: "https://example.com",
    async send() {
      const text = new TextEncoder().encode(JSON.stringify(body));
      return {
        status,
        headers: { get: (name) => (name === "content-type" ? "application/json" : undefined) },
        body: (async function* () {
          yield text;
        })(),
        discard() {},
      };
    },
    async close() {},
  };
}
