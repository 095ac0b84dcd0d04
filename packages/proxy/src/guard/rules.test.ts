import { expect, test } from "vitest";
import { readPath } from "../request/read-path.ts";
import { type Method, targetOf } from "../request/target.ts";
import { type ProxyRule, readOnly } from "./proxy-rule.ts";
import { createRules } from "./rules.ts";

/** Whether a request is let through. */
function lets(allow: readonly ProxyRule[], asked: string): boolean {
  const [method = "", path = "", watch] = asked.split(" ");
  const rules = createRules(allow);
  const segments = readPath(path);
  const target = targetOf(method as Method, segments, watch === undefined ? {} : { watch: ["true"] });
  try {
    if (target === undefined) rules.checkPath(method as Method, segments);
    else rules.checkResource(target);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 403, reason: "Forbidden" });
    return false;
  }
}

test.each([
  "GET /api/v1/pods",
  "GET /api/v1/pods watch",
  "HEAD /api/v1/namespaces/shop/pods/a",
  "GET /api/v1/namespaces/shop/pods/a/log",
  "GET /api/v1/namespaces/shop/pods/a/status",
  "GET /apis/apps/v1/namespaces/shop/deployments/a/scale",
  "GET /apis/example.com/v1/widgets",
  "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
  "POST /apis/authentication.k8s.io/v1/selfsubjectreviews",
  "GET /version",
  "GET /readyz",
  "GET /api",
  "GET /apis/apps/v1",
  "GET /openapi/v3",
  "GET /openapi/v3/apis/apps/v1",
  "HEAD /livez",
])("reading lets %s through", (asked) => {
  expect(lets(readOnly, asked)).toBe(true);
});

test.each([
  "GET /api/v1/secrets",
  "GET /apis/example.com/v1/secrets",
  "GET /api/v1/namespaces/shop/secrets/a/status",
  "GET /api/v1/namespaces/shop/pods/a/exec",
  "GET /api/v1/namespaces/shop/pods/a/proxy",
  "GET /apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachineinstances/a/vnc",
  "POST /api/v1/namespaces/shop/pods",
  "DELETE /api/v1/namespaces/shop/pods/a",
  "POST /apis/authorization.k8s.io/v1/subjectaccessreviews",
  "POST /apis/example.com/v1/selfsubjectaccessreviews",
  "POST /version",
  "GET /metrics",
  "GET /openapi/v3/apis/apps/v1/more",
  "GET /readyz/etcd",
])("reading does not let %s through", (asked) => {
  expect(lets(readOnly, asked)).toBe(false);
});

test.each<[ProxyRule, string, boolean]>([
  [{ verbs: ["delete"], resources: ["pods"] }, "DELETE /api/v1/namespaces/shop/pods/a", true],
  [{ verbs: ["delete"], resources: ["pods"] }, "DELETE /api/v1/namespaces/shop/pods", false],
  [{ verbs: ["delete"], resources: ["pods"] }, "GET /api/v1/pods", false],
  [{ verbs: ["*"], resources: ["pods"] }, "DELETE /api/v1/namespaces/shop/pods", true],
  [{ verbs: ["*"], resources: ["pods"] }, "PUT /api/v1/namespaces/shop/pods/a/status", false],
  [{ verbs: ["*"], resources: ["*"] }, "GET /api/v1/secrets", false],
  [{ verbs: ["*"], resources: ["*"] }, "POST /api/v1/namespaces/shop/pods/a/eviction", false],
  [{ verbs: ["get"], resources: ["secrets"] }, "GET /api/v1/namespaces/shop/secrets/a", true],
  [{ verbs: ["get"], resources: ["pods/exec"] }, "GET /api/v1/namespaces/shop/pods/a/exec", true],
  [{ verbs: ["get"], resources: ["pods/exec"] }, "POST /api/v1/namespaces/shop/pods/a/exec", false],
  [{ verbs: ["list"], resources: ["pods"], groups: ["metrics.k8s.io"] }, "GET /apis/metrics.k8s.io/v1/pods", true],
  [{ verbs: ["list"], resources: ["pods"], groups: ["metrics.k8s.io"] }, "GET /api/v1/pods", false],
  [{ verbs: ["list"], resources: ["pods"], groups: [""] }, "GET /api/v1/pods", true],
  [{ verbs: ["list"], resources: ["*"], namespaces: ["shop"] }, "GET /api/v1/namespaces/shop/pods", true],
  [{ verbs: ["list"], resources: ["*"], namespaces: ["shop"] }, "GET /api/v1/namespaces/other/pods", false],
  [{ verbs: ["list"], resources: ["*"], namespaces: ["shop"] }, "GET /api/v1/pods", false],
  [{ verbs: ["list"], resources: ["*"], namespaces: ["shop"] }, "GET /api/v1/nodes", false],
  [{ verbs: ["get"], resources: ["*"], namespaces: ["shop"] }, "GET /api/v1/namespaces/shop", true],
  [{ verbs: ["create"], resources: ["pods"] }, "GET /api/v1/pods", false],
])("%j: %s is let through: %s", (rule, asked, expected) => {
  expect(lets([rule], asked)).toBe(expected);
});

test("nothing allowed leaves what clients begin with", () => {
  expect(lets([], "GET /api/v1/pods")).toBe(false);
  expect(lets([], "GET /version")).toBe(true);
});

test("a refusal says what was refused, and who can change it", () => {
  expect(() =>
    createRules(readOnly).checkResource(
      targetOf("PATCH", readPath("/apis/apps/v1/namespaces/shop/deployments/a/scale"), {})!,
    ),
  ).toThrow(
    'the proxy does not allow "patch" of deployments.apps/scale in the namespace "shop"; whoever runs it can allow it by a rule',
  );
});

test.each<[unknown, string]>([
  [{ verbs: ["get"], resources: ["pods"] }, "allow: it must be a list of rules, not "],
  [["pods"], "allow[0]: "],
  [[{ verbs: ["get"] }], "allow[0].resources: it is missing"],
  [[{ resources: ["pods"] }], "allow[0].verbs: it is missing"],
  [[{ verbs: ["read"], resources: ["pods"] }], 'allow[0].verbs: "read" is none of get, list'],
  [[{ verbs: "get", resources: ["pods"] }], "allow[0].verbs: it must be a list"],
  [[{ verbs: ["get"], resources: ["Pods"] }], 'allow[0].resources: "Pods" is none of'],
  [[{ verbs: ["get"], resources: ["pods/*"] }], "allow[0].resources: "],
  [[{ verbs: ["get"], resources: ["pods"], namespaces: ["*"] }], "allow[0].namespaces: "],
  [[{ verbs: ["get"], resources: ["pods"], groups: ["*"] }], "allow[0].groups: "],
  [
    [{ verbs: ["get"], resources: ["pods"], namespace: "a" }],
    "allow[0].namespace: there is no such option; did you mean allow[0].namespaces?",
  ],
])("%j is no list of rules", (allow, message) => {
  expect(() => createRules(allow as never)).toThrow(`Invalid ${message}`);
});
