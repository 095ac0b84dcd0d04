import { expect, test } from "vitest";
import { urlTemplate } from "./url-template.ts";

test.each([
  ["/api/v1/pods", "/api/v1/pods"],
  ["/api/v1/namespaces", "/api/v1/namespaces"],
  ["/api/v1/namespaces/a", "/api/v1/namespaces/{namespace}"],
  ["/api/v1/namespaces/a/finalize", "/api/v1/namespaces/{namespace}/finalize"],
  ["/api/v1/namespaces/a/pods", "/api/v1/namespaces/{namespace}/pods"],
  ["/api/v1/namespaces/a/pods/b/log", "/api/v1/namespaces/{namespace}/pods/{name}/log"],
  ["/apis/apps/v1/namespaces/a/deployments/b", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}"],
  ["/apis/rbac.authorization.k8s.io/v1/clusterroles/b", "/apis/rbac.authorization.k8s.io/v1/clusterroles/{name}"],
  ["/api/v1/namespaces/a/services/b/proxy/secret/path", "/api/v1/namespaces/{namespace}/services/{name}/proxy/{path}"],
  ["/api/v1/nodes/n/proxy", "/api/v1/nodes/{name}/proxy/{path}"],
  ["/readyz", "/readyz"],
])("%s", (path, template) => {
  expect(urlTemplate(path)).toBe(template);
});
