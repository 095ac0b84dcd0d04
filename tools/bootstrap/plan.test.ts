import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isAtLeast, nodeIsNewEnough, parseVersion, pnpmFits, toolchainFiles, unsupportedMessage } from "./plan.mjs";

interface Toolchain {
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

function toolchain(): Toolchain {
  return JSON.parse(readFileSync(new URL("../toolchain/package.json", import.meta.url), "utf8")) as Toolchain;
}

describe("versions of Node", () => {
  test.each([
    ["v24.21.0", [24, 21, 0]],
    ["12.4.2\n", [12, 4, 2]],
    ["12.5.0-beta.1", undefined],
    ["", undefined],
    ["24", undefined],
  ])("%j is read as %j", (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  test.each([
    ["24.11.0", "24.11.0", true],
    ["24.9.9", "24.11.0", false],
    ["26.0.0", "24.11.0", true],
    ["24.11.1", "24.11.0", true],
    ["24.11.0-rc.1", "24.11.0", false],
  ])("%s at least %s: %s", (version, floor, expected) => {
    expect(isAtLeast(version, floor)).toBe(expected);
  });

  test("Node 20 and 22 are too old for the tools, 24.11 and later are not", () => {
    expect(["v20.20.2", "v22.19.0", "v24.10.0", "v24.11.0", "v26.10.0"].map(nodeIsNewEnough)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  test("only pnpm 12 reads the lock file as it was written", () => {
    expect([undefined, "10.33.0", "11.28.6", "12.4.2", "12.21.0", "13.0.0"].map(pnpmFits)).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe("platforms", () => {
  test("every file named comes from a package that the toolchain pins", () => {
    const pinned = toolchain().optionalDependencies;
    for (const key of ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"]) {
      const [platform, arch] = key.split("-") as [string, string];
      const files = toolchainFiles(platform, arch);
      const packages = [files?.node.split("/")[0], files?.pnpm.split("/").slice(0, 2).join("/")];
      for (const name of packages) expect(pinned, key).toHaveProperty([String(name)]);
    }
  });

  test("every pinned version is exact, and each Node is one that the tools run on", () => {
    for (const [name, version] of Object.entries(toolchain().optionalDependencies)) {
      expect(parseVersion(version), name).toBeDefined();
      expect(name.startsWith("node-") ? nodeIsNewEnough(version) : pnpmFits(version), name).toBe(true);
    }
  });

  test("an unknown platform has none, and the message says what was found and what to do", () => {
    expect(toolchainFiles("sunos", "x64")).toBeUndefined();
    const message = unsupportedMessage("sunos", "x64", "v20.20.1", undefined);
    expect(message).toContain("sunos-x64");
    expect(message).toContain("found Node 20.20.1 and no pnpm");
    expect(message).toContain("Install Node 24.11.0 or newer");
  });
});
