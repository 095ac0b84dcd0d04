import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { laterFiles } from "./test/embedded/client/later.ts";

// Workspace packages are used from their TypeScript sources, so tests need no build.
const conditions = ["kubewright-source"];
const resolve = { conditions: [...conditions, "module", "node", "development|production"] };
const ssr = { resolve: { ...resolve, externalConditions: conditions } };

const installed = ["**/node_modules/**"];

// Every test also fails when what it makes shows a credential.
const setupFiles = ["test/secrets/setup.ts"];

// What needs recordings or a real server, in a part of its own.
const embedded = ["test/differential/replay.test.ts", "test/differential/live.test.ts", "test/embedded/**/*.test.ts"];

// A real control plane, started once per run.
const onControlPlane = { globalSetup: ["test/controlplane/global-setup.ts"], hookTimeout: 120_000 };

interface Own {
  readonly exclude?: string[];
  readonly setupFiles?: string[];
  readonly globalSetup?: string[];
  readonly testTimeout?: number;
  readonly hookTimeout?: number;
}

// A second, which is what is waited for a state otherwise, is little on a machine that has other things to do.
const poll = { timeout: 20_000 };

/** The tests of one part, on Node. Times are long, for machines that have other things to do. */
function project(name: string, include: string[], own: Own = {}): TestProjectInlineConfiguration {
  const common = { environment: "node", setupFiles, maxWorkers: 2, testTimeout: 60_000, hookTimeout: 60_000 } as const;
  return { resolve, ssr, test: { ...common, expect: { poll }, name, include, ...own } };
}

export default defineConfig({
  test: {
    projects: [
      project(
        "unit",
        [
          "packages/*/src/**/*.test.ts",
          "codegen/**/*.test.ts",
          "examples/**/*.test.ts",
          "openapi/**/*.test.ts",
          "tools/**/*.test.ts",
          "test/bundle/**/*.test.ts",
          "test/bench/**/*.test.ts",
          "test/secrets/**/*.test.ts",
          "test/support/**/*.test.ts",
          "test/differential/**/*.test.ts",
        ],
        { exclude: [...installed, "**/dist/**", ...embedded] },
      ),
      project("history", ["test/history/**/*.test.ts"], {
        exclude: [...installed, "test/history/live.test.ts"],
        testTimeout: 120_000,
      }),
      project("conformance", ["test/conformance/**/*.test.ts"]),
      project("real", ["test/e2e/**/*.test.ts", "test/controlplane/**/*.test.ts"], onControlPlane),
      project("protobuf", ["test/protobuf/**/*.test.ts"], onControlPlane),
      project("faults", ["test/faults/**/*.test.ts", "test/history/live.test.ts"], onControlPlane),
      project("streams", ["test/streams/**/*.test.ts"], onControlPlane),
      project("browser", ["test/browser/**/*.test.ts", "test/proxy/**/*.test.ts"], {
        globalSetup: ["test/browser/global-setup.ts"],
        testTimeout: 120_000,
      }),
      project("embedded", embedded, { hookTimeout: 120_000 }),
      project(
        "embedded-client",
        [
          "test/e2e/**/*.test.ts",
          "test/protobuf/**/*.test.ts",
          "test/faults/**/*.test.ts",
          "test/streams/{attach,connect-networks,kubelet,left-behind,logs,port-forward,refusals,terminal,unread-input}.test.ts",
        ],
        {
          exclude: [...installed, ...(process.env["LATER"] === undefined ? Object.keys(laterFiles) : [])],
          setupFiles: [...setupFiles, "test/embedded/client/setup.ts"],
          globalSetup: ["test/embedded/client/global-setup.ts"],
          hookTimeout: 120_000,
        },
      ),
    ],
  },
});
