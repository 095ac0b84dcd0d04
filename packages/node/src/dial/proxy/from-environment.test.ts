import { readFileSync } from "node:fs";

import { isKubeError } from "@kubewright/core";
import { describe, expect, test } from "vitest";

import { proxyFromEnvironment } from "./from-environment.ts";

interface ProxyRow {
  readonly env: Readonly<Record<string, string>>;
  readonly server: string;
  readonly proxy?: { readonly [part in "scheme" | "host" | "port"]: string } & {
    readonly [part in "user" | "password"]?: string;
  };
  readonly refused?: boolean;
}

function golden(name: string): readonly unknown[] {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), "utf8")).rows as unknown[];
}

describe("which proxy", () => {
  test.each(golden("from-environment") as readonly ProxyRow[])(
    "$env for $server",
    ({ env, server, proxy, refused = false }) => {
      if (refused) {
        expect(() => proxyFromEnvironment(env, server)).toThrow(/^Proxy: http_proxy|^Proxy: HTTP_PROXY/);
        return;
      }
      const found = proxyFromEnvironment(env, server);
      if (proxy === undefined) {
        expect(found).toBeUndefined();
        return;
      }
      const usual = { http: "80", https: "443", ftp: "21" }[proxy.scheme] ?? "";
      expect({
        scheme: found?.protocol.slice(0, -1),
        host: found?.hostname.replace(/^\[|\]$/g, ""),
        port: found?.port || usual,
        user: decodeURIComponent(found?.username ?? ""),
        password: decodeURIComponent(found?.password ?? ""),
      }).toEqual({ user: "", password: "", ...proxy, host: proxy.host.toLowerCase(), port: proxy.port || usual });
    },
  );

  test.each(["http://[::1", "http://a.test:port", "http://", "http://a b.test"])("%j is no address", (value) => {
    const choose = (): unknown => proxyFromEnvironment({ https_proxy: value }, "https://kube.test");
    expect(choose).toThrow(/^Proxy: https_proxy holds no address; write it as/);
    expect(choose).toThrow(expect.toSatisfy(isKubeError));
  });

  test("a password never enters the message", () => {
    const choose = (): unknown => proxyFromEnvironment({ HTTPS_PROXY: "http://u:canary@a b" }, "https://kube.test");
    expect(choose).toThrow(expect.objectContaining({ message: expect.not.stringContaining("canary") }));
  });
});

describe("NO_PROXY", () => {
  const rows = golden("no-proxy") as readonly { readonly list: string; readonly direct: readonly string[] }[];
  const servers = rows.find(({ list }) => list === "*")?.direct ?? [];

  test.each(rows)("$list", ({ list, direct }) => {
    const env = { HTTPS_PROXY: "http://a.test:3128", NO_PROXY: list };
    expect(servers.length).toBeGreaterThan(20);
    expect(servers.filter((server) => proxyFromEnvironment(env, server) === undefined)).toEqual(direct);
  });
});
