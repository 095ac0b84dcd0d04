import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AttackedProxy, attackedProxy } from "./attacked-proxy.ts";

// Requests by chance, out of pieces that some reader takes for something else. Whatever reaches the API server is held against the policy
// as that server understood it, which has a reader of its own.

let proxy: AttackedProxy;
beforeAll(async () => {
  proxy = await attackedProxy({ limits: { bodyMs: 100 } });
});
afterAll(() => proxy[Symbol.asyncDispose]());

/** A path as pages ask for it. */
const plain = fc
  .tuple(
    fc.constantFrom("/k8s/api/v1", "/k8s/apis/apps/v1"),
    fc.constantFrom("", "/namespaces/default"),
    fc.constantFrom(
      "/pods",
      "/secrets",
      "/secrets",
      "/configmaps",
      "/deployments",
      "/serviceaccounts",
      "/watch/secrets",
      "",
    ),
    fc.constantFrom("", "", "", "/keys", "/keys/status", "/keys/exec", "/keys/proxy/x", "/default/token"),
    fc.constantFrom("", "", "?watch=1", "?watch=0&watch=1", "?limit=1;watch=1"),
  )
  .map((parts) => parts.join(""));
const twist = fc.constantFrom(
  ...[
    "/",
    "//",
    "/./",
    "/../",
    "/%2e%2e/",
    "/..%2f",
    "%2f",
    "%5c",
    "\\",
    "%25",
    "%252f",
    "%00",
    "%0d%0a",
    ";",
    "%3b",
    "#",
    "?",
    "&",
  ],
  ...["%73", "%c0%ae", "%ff", " ", "\t", "k8s", "/~watch", "secrets", "/secrets/"],
);
/** And with something in it that some reader takes for something else. */
const target = fc.oneof(
  plain,
  fc.tuple(plain, fc.nat(60), twist).map(([path, at, what]) => path.slice(0, at) + what + path.slice(at)),
);
const method = fc.oneof(
  { weight: 2, arbitrary: fc.constant("GET") },
  { weight: 1, arbitrary: fc.constantFrom("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get") },
);
const header = fc.constantFrom(
  ...[
    "Origin: http://{host}",
    "Origin: null",
    "Origin: https://evil.test",
    "kubewright-page: 1",
    "Host: evil.test",
    "Host: {host}",
  ],
  ...[
    "Content-Type: application/json",
    "Content-Type: text/plain",
    "Content-Length: 2",
    "Content-Length: 0",
    "Transfer-Encoding: chunked",
  ],
  ...[
    "Impersonate-User: admin",
    "Authorization: Bearer canary",
    "X-Remote-User: admin",
    "Upgrade: websocket",
    "Connection: Upgrade",
  ],
  ...[
    "X-HTTP-Method-Override: DELETE",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-origin",
    "Expect: 100-continue",
  ],
);

const headerLists = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(header, { maxLength: 4 }) },
);

const verbs: readonly (string | undefined)[] = ["get", "list", "watch"];
const subresources: readonly (string | undefined)[] = [undefined, "status", "scale", "log"];

test("nothing beyond the policy reaches the API server, whatever is sent", async () => {
  let reached = 0;
  await fc.assert(
    fc.asyncProperty(method, target, headerLists, async (how, where, headers) => {
      const lines = headers.map((line) => `${line.replace("{host}", proxy.host)}\r\n`).join("");
      const { answer, seen } = await proxy.attack(`${proxy.request(how, where)}${lines}\r\n{}`);
      expect(answer.body).not.toContain("canary");
      for (const request of seen) {
        reached += 1;
        expect(request.user ?? "kubernetes-admin").toBe("kubernetes-admin");
        expect(request.headers.get("impersonate-user")).toBeUndefined();
        expect(headers).not.toContain("Origin: https://evil.test");
        if (request.resource === undefined) {
          expect(["GET", "HEAD"]).toContain(request.method);
          expect(request.path).toMatch(/^\/(api|apis|version|openapi)\b/);
          continue;
        }
        expect(verbs).toContain(request.verb);
        expect(subresources).toContain(request.subresource);
        expect(request.resource).not.toBe("secrets");
      }
    }),
    { numRuns: 300 },
  );
  expect(reached).toBeGreaterThan(10);
});
