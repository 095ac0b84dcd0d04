import { createCluster } from "@kubewright/core";
import { expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createProxy } from "./create-proxy.ts";

const cluster = createCluster({ transport: recordingTransport() });

test.each<[object, string]>([
  [{}, "cluster: it must be a cluster"],
  [{ cluster, prefx: "/k8s" }, "prefx: there is no such option; did you mean prefix?"],
  [{ cluster, prefix: "k8s" }, "prefix: "],
  [{ cluster, prefix: "/k8s/" }, "prefix: "],
  [{ cluster, prefix: "/" }, "prefix: "],
  [{ cluster, prefix: "/.." }, "prefix: "],
  [{ cluster, hosts: "localhost" }, "hosts: it must be a list"],
  [{ cluster, hosts: ["*"] }, 'hosts: "*" must be exactly what a browser sends, such as "dashboard.example"'],
  [{ cluster, hosts: ["http://localhost"] }, "hosts: "],
  [{ cluster, hosts: ["Localhost"] }, "hosts: "],
  [{ cluster, hosts: [1] }, "hosts: "],
  [{ cluster, origins: ["*"] }, "origins: "],
  [{ cluster, origins: ["null"] }, "origins: "],
  [{ cluster, origins: ["https://dashboard.example/"] }, "origins: "],
  [{ cluster, origins: ["https://dashboard.example:443"] }, "origins: "],
  [{ cluster, origins: ["dashboard.example"] }, "origins: "],
  [{ cluster, identify: "jane" }, "identify: it must be a function"],
  [{ cluster, onRefused: true }, "onRefused: it must be a function"],
  [{ cluster, allow: "pods" }, "allow: it must be a list"],
  [{ cluster, limits: 5 }, "limits: "],
])("%o are no options", (options, message) => {
  expect(() => createProxy(options as never)).toThrow(`Invalid ${message}`);
});

test("whoever prints a proxy sees where it is, and nothing it holds", async () => {
  const { inspect } = await import("node:util");
  expect(inspect(createProxy({ cluster, prefix: "/a/b" }))).toBe('Proxy { prefix: "/a/b" }');
});
