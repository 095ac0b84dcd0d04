import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";
import { readAllow } from "./read-allow.ts";

test("without arguments, it listens on a port of its own and allows nothing more than reading", () => {
  expect(readArguments([])).toEqual({
    kubeconfig: undefined,
    context: undefined,
    listen: 8001,
    prefix: undefined,
    www: undefined,
    allow: [],
    hosts: [],
    origins: [],
  });
  expect(readArguments(["--help"])).toBeUndefined();
});

test("what may be given often adds up", () => {
  const args = ["--allow", "delete:pods", "--allow=create:pods/eviction", "--host", "a.test", "--host", "b.test"];
  expect(readArguments([...args, "--socket", "/run/k8s.sock"])).toMatchObject({
    listen: "/run/k8s.sock",
    allow: [
      { verbs: ["delete"], resources: ["pods"] },
      { verbs: ["create"], resources: ["pods/eviction"] },
    ],
    hosts: ["a.test", "b.test"],
  });
});

test.each<[string, object]>([
  ["delete:pods", { verbs: ["delete"], resources: ["pods"] }],
  ["get,list,watch:secrets", { verbs: ["get", "list", "watch"], resources: ["secrets"] }],
  [
    "patch:deployments.apps/scale@shop",
    { verbs: ["patch"], resources: ["deployments/scale"], groups: ["apps"], namespaces: ["shop"] },
  ],
  [
    "*:widgets.example.com@a,b",
    { verbs: ["*"], resources: ["widgets"], groups: ["example.com"], namespaces: ["a", "b"] },
  ],
  ["get:*", { verbs: ["get"], resources: ["*"] }],
])("the rule %s is %j", (text, rule) => {
  expect(readAllow(text)).toEqual({ groups: undefined, namespaces: undefined, ...rule });
});

test.each([
  [["--port", "web"], 'Invalid --port: "web" is no port'],
  [["--port", "-1"], "Invalid arguments: "],
  [["--port", "65536"], "Invalid --port: "],
  [["--port", "1", "--socket", "a"], "Invalid --socket: it cannot be combined with --port"],
  [["--allow", "pods"], 'Invalid --allow: "pods" is no rule; write it as delete:pods'],
  [["--allow", "delete:pods shop"], "Invalid --allow: "],
  [["pods"], "--help explains"],
])("%j is refused: %s", (args, message) => {
  expect(() => readArguments(args)).toThrow(message);
});
