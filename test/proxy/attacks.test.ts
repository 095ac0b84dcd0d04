import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readOnly } from "@kubewright/proxy";
import { type AttackedProxy, attackedProxy } from "./attacked-proxy.ts";
import { forbiddenPaths } from "./forbidden-paths.ts";

// Every attack is written out as the bytes on the wire: {host} is what the proxy answers to, {port} where it listens.

let proxy: AttackedProxy;
beforeAll(async () => {
  const allow = [...readOnly, { verbs: ["get"], resources: ["pods/exec"], namespaces: ["shop"] }] as const;
  proxy = await attackedProxy({ limits: { bodyMs: 300 }, allow });
});
afterAll(() => proxy[Symbol.asyncDispose]());

/** What a page of the proxy's own origin reads. */
const allowed = "GET /k8s/api/v1/namespaces/default/configmaps HTTP/1.1";
const review = "POST /k8s/apis/authorization.k8s.io/v1/selfsubjectaccessreviews HTTP/1.1";
const reviewBody =
  '{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}';
/** What makes a request one of a page that may write. */
const page = ["Origin: http://{host}", "kubewright-page: 1", "Content-Type: application/json"];

function written(lines: readonly string[], body = ""): string {
  const text = `${lines.join("\r\n")}\r\n\r\n${body}`;
  return text.replaceAll("{host}", proxy.host).replaceAll("{port}", String(proxy.port));
}

/** Nothing of it reaches the API server; the answer is this status, 0 for none. */
async function expectRefused(
  status: number | readonly number[],
  lines: readonly string[],
  body?: string,
): Promise<void> {
  const { answer, seen } = await proxy.attack(written(lines, body));
  expect(seen).toEqual([]);
  expect([status].flat()).toContain(answer.status);
  expect(answer.body).not.toContain("canary");
}

describe("what is no attack", () => {
  test("reaches the API server", async () => {
    const { answer, seen } = await proxy.attack(written([allowed, "Host: {host}"]));
    expect(answer.status).toBe(200);
    expect(seen).toMatchObject([{ method: "GET", resource: "configmaps", namespace: "default" }]);
  });

  test("may be written, where that is allowed", async () => {
    const head = [review, "Host: {host}", ...page, `Content-Length: ${reviewBody.length}`];
    const { answer, seen } = await proxy.attack(written(head, reviewBody));
    expect(answer.status).toBe(201);
    expect(seen).toMatchObject([{ method: "POST", resource: "selfsubjectaccessreviews" }]);
  });
});

describe("a name that was made to lead here (DNS rebinding)", () => {
  test.each<[string, readonly string[]]>([
    ["of somebody else", ["Host: evil.test"]],
    ["with our port", ["Host: evil.test:{port}"]],
    ["that is none", []],
    ["that is empty", ["Host: "]],
    ["beside ours", ["Host: {host}", "Host: evil.test"]],
    ["before ours", ["Host: evil.test", "Host: {host}"]],
    ["twice ours", ["Host: {host}", "Host: {host}"]],
    ["behind ours, in one header", ["Host: {host}, evil.test"]],
    ["without a port", ["Host: 127.0.0.1"]],
    ["with another port", ["Host: 127.0.0.1:1"]],
    ["of this machine, which is not ours", ["Host: 127.0.0.2:{port}"]],
    ["in one number", ["Host: 2130706433:{port}"]],
    ["in IPv6", ["Host: [::ffff:127.0.0.1]:{port}"]],
    ["with a dot at its end", ["Host: localhost.:{port}"]],
    ["below ours", ["Host: evil.localhost:{port}"]],
    ["behind a user's", ["Host: {host}@evil.test"]],
    [
      "that a proxy in between is said to have had",
      ["Host: evil.test", "X-Forwarded-Host: {host}", "Forwarded: host={host}"],
    ],
    ["with a space before the colon", ["Host : {host}"]],
  ])("%s", async (_, headers) => {
    await expectRefused([400, 403], [allowed, ...headers]);
  });

  test.each([
    ["of somebody else in a whole address", "GET http://evil.test/k8s/api/v1/pods HTTP/1.1"],
    ["of ours in a whole address", "GET http://{host}/k8s/api/v1/pods HTTP/1.1"],
    ["of nobody, to all of the server", "GET * HTTP/1.1"],
    ["that a proxy is to connect to", "CONNECT evil.test:443 HTTP/1.1"],
  ])("%s", async (_, line) => {
    await expectRefused([0, 400, 405], [line, "Host: {host}"]);
  });
});

describe("a page of another origin", () => {
  test.each<[string, readonly string[]]>([
    ["by fetch", ["Origin: https://evil.test"]],
    ["by fetch from a sandbox or a file", ["Origin: null"]],
    ["with an empty origin", ["Origin: "]],
    ["with two origins", ["Origin: http://{host}", "Origin: https://evil.test"]],
    ["with two origins in one header", ["Origin: http://{host} https://evil.test"]],
    ["on another port of this machine", ["Origin: http://127.0.0.1:1"]],
    ["by another name of this machine", ["Origin: http://localhost:{port}"]],
    ["over TLS", ["Origin: https://{host}"]],
    ["whose name begins as ours", ["Origin: http://{host}.evil.test"]],
    ["whose name ends as ours", ["Origin: http://evil{host}"]],
    ["with a path behind its origin", ["Origin: http://{host}/"]],
    ["by EventSource", ["Accept: text/event-stream", "Origin: https://evil.test"]],
    ["by EventSource from a sandbox", ["Accept: text/event-stream", "Origin: null", "Sec-Fetch-Site: cross-site"]],
    ["by an image", ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"]],
    ["by a link", ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]],
    ["by a link from beside us", ["Sec-Fetch-Site: same-site", "Sec-Fetch-Dest: document"]],
    ["by a script", ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: script"]],
    ["by a frame", ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: iframe"]],
    ["by what is to be a worker of our origin", ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: serviceworker"]],
    ["with a site that no browser says", ["Sec-Fetch-Site: SAME-ORIGIN"]],
  ])("%s", async (_, headers) => {
    await expectRefused([400, 403], [allowed, "Host: {host}", ...headers]);
  });

  test.each<[string, readonly string[]]>([
    ["a form", ["Origin: https://evil.test", "Content-Type: application/x-www-form-urlencoded"]],
    ["a form without an origin", ["Content-Type: application/x-www-form-urlencoded"]],
    ["a form of our origin", ["Origin: http://{host}", "Content-Type: application/x-www-form-urlencoded"]],
    ["a form with files", ["Origin: null", "Content-Type: multipart/form-data; boundary=x"]],
    ["a form of text that is JSON", ["Origin: https://evil.test", "Content-Type: text/plain"]],
    ["JSON, without our header", ["Origin: http://{host}", "Content-Type: application/json"]],
    ["JSON, without our header and an origin", ["Content-Type: application/json"]],
    [
      "JSON, with another value of our header",
      ["Origin: http://{host}", "kubewright-page: 0", "Content-Type: application/json"],
    ],
    ["JSON, with our header twice", [...page, "kubewright-page: 1"]],
    [
      "JSON, with our header and their origin",
      ["Origin: https://evil.test", "kubewright-page: 1", "Content-Type: application/json"],
    ],
    [
      "JSON, with our header and the origin of a sandbox",
      ["Origin: null", "kubewright-page: 1", "Content-Type: application/json"],
    ],
    [
      "JSON, from a browser that says no origin",
      ["kubewright-page: 1", "Sec-Fetch-Site: same-origin", "Content-Type: application/json"],
    ],
    ["text, with our header", ["Origin: http://{host}", "kubewright-page: 1", "Content-Type: text/plain"]],
    ["a body of no type, with our header", ["Origin: http://{host}", "kubewright-page: 1"]],
    ["JSON in another alphabet", [...page.slice(0, 2), "Content-Type: application/json; charset=utf-7"]],
    ["JSON that is compressed", [...page, "Content-Encoding: gzip"]],
  ])("posts %s", async (_, headers) => {
    await expectRefused(
      [400, 403, 415],
      [review, "Host: {host}", ...headers, `Content-Length: ${reviewBody.length}`],
      reviewBody,
    );
  });

  test.each(["OPTIONS", "TRACE", "PURGE", "PROPFIND", "get"])("asks by %s", async (method) => {
    const asks = ["Origin: https://evil.test", "Access-Control-Request-Method: DELETE"];
    const { answer } = await proxy.attack(written([`${method} /k8s/api/v1/pods HTTP/1.1`, "Host: {host}", ...asks]));
    expect(answer.head).not.toMatch(/access-control/i);
    await expectRefused([400, 405], [`${method} /k8s/api/v1/pods HTTP/1.1`, "Host: {host}", ...asks]);
  });

  test.each(["DELETE", "PUT", "PATCH"])("writes by %s without our header", async (method) => {
    await expectRefused(403, [
      `${method} /k8s/api/v1/namespaces/default/pods/a HTTP/1.1`,
      "Host: {host}",
      "Origin: http://{host}",
    ]);
  });
});

describe("an upgrade", () => {
  const exec = "GET /k8s/api/v1/namespaces/default/pods/a/exec?command=sh HTTP/1.1";
  /** Which a rule names, in one namespace. */
  const named = "GET /k8s/api/v1/namespaces/shop/pods/a/exec?command=sh HTTP/1.1";
  const websocket = [
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  ];

  test.each<[string, readonly string[], number]>([
    ["of a page of another origin", [allowed, "Host: {host}", "Origin: https://evil.test", ...websocket], 403],
    ["of a sandbox", [allowed, "Host: {host}", "Origin: null", ...websocket], 403],
    ["under another name", [allowed, "Host: evil.test", "Origin: http://evil.test", ...websocket], 403],
    ["of a browser that says no origin", [allowed, "Host: {host}", "Sec-Fetch-Site: same-origin", ...websocket], 403],
    ["to a program in a pod", [exec, "Host: {host}", "Origin: http://{host}", ...websocket], 403],
    [
      "that brings a token among its subprotocols",
      [
        allowed,
        "Host: {host}",
        "Origin: http://{host}",
        ...websocket,
        "Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.Y2FuYXJ5, v4.channel.k8s.io",
      ],
      403,
    ],
    [
      "that impersonates",
      [allowed, "Host: {host}", "Origin: http://{host}", ...websocket, "Impersonate-User: admin"],
      403,
    ],
    ["by POST", [review, "Host: {host}", ...page, ...websocket], 405],
    [
      "to a path out of ours",
      ["GET /k8s/../secrets HTTP/1.1", "Host: {host}", "Origin: http://{host}", ...websocket],
      400,
    ],
    [
      "to HTTP/2",
      [
        allowed,
        "Host: {host}",
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
      ],
      400,
    ],
    ["to what is read", [allowed, "Host: {host}", "Origin: http://{host}", ...websocket], 400],
    ["to a watch", [allowed.replace("configmaps", "configmaps?watch=1"), "Host: {host}", "Origin: http://{host}", ...websocket], 400], // prettier-ignore
    ["to a program of another namespace", [exec, "Host: {host}", "Origin: http://{host}", ...websocket], 403],
  ])("%s", async (_, lines, status) => {
    await expectRefused(status, lines);
  });

  const own = ["Host: {host}", "Origin: http://{host}", ...websocket];
  test("to what a rule names reaches the API server, with nothing of its headers", async () => {
    const headers = ["Cookie: canary=1", "X-Remote-User: admin", "Authorization: Bearer canary", "Forwarded: for=canary"]; // prettier-ignore
    const { seen } = await proxy.attack(written([named, ...own, ...headers, "Sec-WebSocket-Protocol: v5.channel.k8s.io"])); // prettier-ignore
    expect(seen).toMatchObject([{ method: "GET", user: "kubernetes-admin", subresource: "exec", namespace: "shop" }]);
    for (const name of ["cookie", "x-remote-user", "forwarded", "origin"])
      expect(seen[0]!.headers.get(name), name).toBeUndefined();
    expect(seen[0]!.headers.get("authorization") ?? "").not.toContain("canary");
  });

  test.each<[string, readonly string[], number]>([
    ["of a page of another origin", ["Host: {host}", "Origin: https://evil.test", ...websocket], 403],
    ["of a sandbox", ["Host: {host}", "Origin: null", ...websocket], 403],
    ["of two origins", ["Host: {host}", "Origin: http://{host}", "Origin: https://evil.test", ...websocket], 400],
    ["on another port", ["Host: {host}", "Origin: http://127.0.0.1:1", ...websocket], 403],
    ["over TLS", ["Host: {host}", "Origin: https://{host}", ...websocket], 403],
    ["under another name", ["Host: evil.test", "Origin: http://evil.test", ...websocket], 403],
    ["of a browser that says no origin", ["Host: {host}", "Sec-Fetch-Site: same-origin", ...websocket], 403],
    ["of a site that is not ours", [...own, "Sec-Fetch-Site: cross-site"], 403],
    ["that impersonates", [...own, "Impersonate-User: admin"], 403],
    ["that impersonates a group", [...own, "Impersonate-Group: system:masters"], 403],
    ["with a body", [...own, "Content-Length: 4"], 400],
    ["with chunks", [...own, "Transfer-Encoding: chunked"], 400],
    ["with two keys", [...own, "Sec-WebSocket-Key: BBBBBBBBBBBBBBBBBBBBBA=="], 400],
    ["with two lists of subprotocols", [...own, "Sec-WebSocket-Protocol: a", "Sec-WebSocket-Protocol: b"], 400],
    ["with a name that splits its header", [...own, "Sec-WebSocket-Protocol: a\u00a0b"], 400],
    ["with a token", [...own, "Sec-WebSocket-Protocol: v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.Y2FuYXJ5"], 403], // prettier-ignore
    ["with a token in capitals", [...own, "Sec-WebSocket-Protocol: v5.channel.k8s.io, BASE64URL.BEARER.authorization.k8s.io.Y2FuYXJ5"], 403], // prettier-ignore
    ["of an old WebSocket", own.map((line) => line.replace("Version: 13", "Version: 8")).filter(Boolean), 400],
    ["to SPDY", own.map((line) => line.replace("websocket", "SPDY/3.1")), 400],
    ["with an expectation", [...own, "Expect: 100-continue"], 417],
  ])("to what a rule names, %s", async (_, lines, status) => {
    await expectRefused(status, [named, ...lines]);
  });

  test.each([
    ["another subresource", "/api/v1/namespaces/shop/pods/a/attach"],
    ["below it", "/api/v1/namespaces/shop/pods/a/exec/b"],
    ["out of it", "/api/v1/namespaces/shop/pods/a/exec/../portforward"],
    ["an encoded slash", "/api/v1/namespaces/shop/pods/a%2fexec"],
    ["another namespace, encoded", "/api/v1/namespaces/shop%2f..%2fdefault/pods/a/exec"],
    ["the API's old watches", "/api/v1/watch/namespaces/shop/pods/a/exec"],
    ["a node", "/api/v1/nodes/a/proxy/exec/default/a/main"],
  ])("where a rule names exec, to %s", async (_, path) => {
    await expectRefused([400, 403], [`GET /k8s${path} HTTP/1.1`, ...own]);
  });

  test("that is sent anew by POST, as a page without WebSocket would", async () => {
    await expectRefused(403, [named.replace("GET", "POST"), "Host: {host}", ...page]);
  });
});

describe("a message that two readers read in two ways", () => {
  const hidden = "GET /k8s/api/v1/namespaces/default/secrets/keys HTTP/1.1\r\nHost: {host}\r\n\r\n";

  test.each<[string, readonly string[], string]>([
    ["length and chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"], `0\r\n\r\n${hidden}`],
    ["chunks and length", ["Transfer-Encoding: chunked", "Content-Length: 4"], `0\r\n\r\n${hidden}`],
    ["two lengths", ["Content-Length: 2", `Content-Length: ${2 + hidden.length}`], `{}${hidden}`],
    ["the same length twice", ["Content-Length: 2", "Content-Length: 2"], "{}"],
    ["two lengths in one header", ["Content-Length: 2, 2"], "{}"],
    ["a length with a sign", ["Content-Length: +2"], "{}"],
    ["a length in hexadecimal", ["Content-Length: 0x2"], "{}"],
    ["two encodings", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], `0\r\n\r\n${hidden}`],
    ["an encoding before chunks", ["Transfer-Encoding: gzip, chunked"], `0\r\n\r\n${hidden}`],
    ["an encoding behind chunks", ["Transfer-Encoding: chunked, gzip"], `0\r\n\r\n${hidden}`],
    ["an encoding that is none", ["Transfer-Encoding: xchunked"], `0\r\n\r\n${hidden}`],
    ["an encoding with a space before the colon", ["Transfer-Encoding : chunked"], `0\r\n\r\n${hidden}`],
    ["an encoding on a folded line", ["X: y", " Transfer-Encoding: chunked"], `0\r\n\r\n${hidden}`],
    ["a chunk of a size that is none", ["Transfer-Encoding: chunked"], `-1\r\n\r\n0\r\n\r\n${hidden}`],
    ["a chunk whose size ends with a line feed", ["Transfer-Encoding: chunked"], `2\n{}\n0\n\n${hidden}`],
    ["an expectation", ["Content-Length: 2", "Expect: 100-continue"], "{}"],
    ["another expectation", ["Content-Length: 2", "Expect: 200-ok"], "{}"],
    ["a header with NUL", ["X: a\0b", "Content-Length: 2"], "{}"],
    ["a header without a name", [": a", "Content-Length: 2"], "{}"],
    ["lines that end with a carriage return", ["X: a\rImpersonate-User: admin", "Content-Length: 2"], "{}"],
  ])("%s", async (_, headers, body) => {
    await expectRefused(
      [0, 400, 417],
      [review, "Host: {host}", ...page, ...headers],
      body.replaceAll("{host}", proxy.host),
    );
  });

  test.each<[string, readonly string[]]>([
    ["a body of a GET", [`Content-Length: ${hidden.length}`]],
    ["chunks of a GET", ["Transfer-Encoding: chunked"]],
  ])("%s", async (_, headers) => {
    await expectRefused(400, [allowed, "Host: {host}", ...headers], hidden);
  });

  test("a second request behind the first is judged by itself", async () => {
    const { seen } = await proxy.attack(
      written([allowed, "Host: {host}"], written(["GET /k8s/api/v1/secrets HTTP/1.1", "Host: {host}"])),
    );
    expect(seen).toMatchObject([{ resource: "configmaps" }]);
  });
});

describe("headers that say who acts", () => {
  test.each([
    "Impersonate-User: system:admin",
    "impersonate-group: system:masters",
    "IMPERSONATE-UID: 0",
    "Impersonate-Extra-scopes: all",
  ])("%s is refused", async (header) => {
    await expectRefused(403, [allowed, "Host: {host}", header]);
  });

  test.each([
    ["a token", "Authorization: Bearer canary-token"],
    ["a user and a password", "Authorization: Basic Y2FuYXJ5OmNhbmFyeQ=="],
    ["a user that a proxy in front is said to know", "X-Remote-User: canary-admin"],
    ["a group of such", "X-Remote-Group: system:masters"],
    ["a cookie", "Cookie: canary=1"],
    ["a token for a proxy", "Proxy-Authorization: Basic Y2FuYXJ5"],
    ["another method", "X-HTTP-Method-Override: DELETE"],
    ["another address", "X-Original-URL: /api/v1/secrets"],
    ["what a connection is to drop", "Connection: Host, Authorization"],
    ["an agent that gets other answers", "User-Agent: Mozilla/5.0"],
    ["an encoding", "Accept-Encoding: br"],
    ["a trace of elsewhere", "Traceparent: 00-canary-01"],
  ])("%s does not go on", async (_, header) => {
    const { answer, seen } = await proxy.attack(written([allowed, "Host: {host}", header]));
    expect(answer.status).toBe(200);
    expect(seen).toHaveLength(1);
    const [request] = seen;
    expect(request).toMatchObject({ method: "GET", resource: "configmaps", user: "kubernetes-admin" });
    const [name = "", value = ""] = header.split(": ");
    expect(request?.headers.get(name.toLowerCase()) ?? "").not.toContain(value);
  });

  test.each(["Authorization: Bearer canary", "Cookie: a=1", "Accept: application/json"])(
    "two of %s are refused",
    async (header) => {
      await expectRefused(400, [allowed, "Host: {host}", header, header]);
    },
  );
});

describe("a path beyond the policy", () => {
  test.each(forbiddenPaths)("%s", async (_, path) => {
    await expectRefused([400, 403, 404], [`GET /k8s${path} HTTP/1.1`, "Host: {host}"]);
  });

  test.each([
    ["out of the prefix", "/k8s/../api/v1/pods"],
    ["beside the prefix", "/k8sx/api/v1/pods"],
    ["without the prefix", "/api/v1/pods"],
    ["with the prefix in capitals", "/K8S/api/v1/pods"],
    ["of the prefix alone", "/k8s"],
    ["of a character that is not encoded", "/k8s/api/v1/pods/\u00fc"],
  ])("%s", async (_, path) => {
    await expectRefused([400, 404], [`GET ${path} HTTP/1.1`, "Host: {host}"]);
  });

  test.each([
    ["a flag that is given twice", "watch=0&watch=1"],
    ["a semicolon", "limit=1;watch=1"],
    ["half an escape", "limit=%2"],
    ["bytes that are no UTF-8", "labelSelector=%ff"],
  ])("a query with %s", async (_, query) => {
    await expectRefused(400, [`GET /k8s/api/v1/pods?${query} HTTP/1.1`, "Host: {host}"]);
  });

  test.each([
    ["creates", "POST", "/api/v1/namespaces/default/pods"],
    ["changes", "PATCH", "/api/v1/namespaces/default/pods/a"],
    ["scales", "PUT", "/apis/apps/v1/namespaces/default/deployments/a/scale"],
    ["deletes", "DELETE", "/api/v1/namespaces/default/pods/a"],
    ["deletes all", "DELETE", "/api/v1/namespaces/default/pods"],
    ["evicts", "POST", "/api/v1/namespaces/default/pods/a/eviction"],
    ["binds a role", "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings"],
    ["asks what others may do", "POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews"],
    ["asks whose a token is", "POST", "/apis/authentication.k8s.io/v1/tokenreviews"],
    ["makes a token", "POST", "/api/v1/namespaces/default/serviceaccounts/default/token"],
    ["posts to health", "POST", "/readyz"],
  ])("%s", async (_, method, path) => {
    await expectRefused(403, [`${method} /k8s${path} HTTP/1.1`, "Host: {host}", ...page, "Content-Length: 2"], "{}");
  });
});

describe("what is too much", () => {
  test("a body that says that it is too large", async () => {
    await expectRefused(413, [review, "Host: {host}", ...page, "Content-Length: 3145729"], "{");
  });

  test("a body that does not say so", async () => {
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    await expectRefused(413, [review, "Host: {host}", ...page, "Transfer-Encoding: chunked"], chunk.repeat(49));
  });

  test("a body that does not come", async () => {
    await expectRefused(408, [review, "Host: {host}", ...page, "Content-Length: 10"], "{");
  });

  test.each([100_000, 3_000_000])("a body of %i bytes that comes in part", async (length) => {
    const part = `{"text":"${"x".repeat(80_000)}`;
    await expectRefused(408, [review, "Host: {host}", ...page, `Content-Length: ${length}`], part);
  });

  test("a body with a request in it, for whoever counts another length", async () => {
    const hidden = "GET /k8s/api/v1/namespaces/default/secrets/keys HTTP/1.1\r\nHost: {host}\r\n\r\n";
    const body = "x".repeat(70_000) + hidden.replaceAll("{host}", proxy.host);
    const { answer, seen } = await proxy.attack(
      written([review, "Host: {host}", ...page, `Content-Length: ${body.length}`], body),
    );
    expect(answer.status).toBe(400);
    expect(seen.map(({ resource }) => resource)).toEqual(["selfsubjectaccessreviews"]);
  });

  test("headers without end", async () => {
    await expectRefused(
      [0, 431],
      [allowed, "Host: {host}", ...Array.from({ length: 400 }, (_, at) => `X-${at}: ${"x".repeat(100)}`)],
    );
  });
});

test("whoever runs the proxy is told each refusal with its reason, and no secret", () => {
  expect(proxy.refused.length).toBeGreaterThan(100);
  for (const line of proxy.refused) expect(line).toMatch(/^[45]\d\d \S/);
  expect(proxy.refused.join()).not.toContain("canary");
});
