import { defineConfig } from "vitest/config";
import { laterFiles } from "./test/embedded/client/later.ts";

// Workspace packages are used from their TypeScript sources, so tests need no build.
const conditions = ["kubewright-source"];
const resolve = { conditions: [...conditions, "module", "node", "development|production"] };
const ssr = {
  resolve: { conditions: [...conditions, "module", "node", "development|production"], externalConditions: conditions },
};

// Every test also fails when what it makes shows a credential.
const setupFiles = ["test/secrets/setup.ts"];

// What needs recordings or a real server, in a part of its own.
const embedded = ["test/differential/replay.test.ts", "test/differential/live.test.ts", "test/embedded/**/*.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: "unit",
          include: [
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
          exclude: ["**/node_modules/**", "**/dist/**", ...embedded],
          environment: "node",
          // Much of it waits: for servers that are slow on purpose, for time to pass.
          maxWorkers: 2,
          setupFiles,
          // Property tests compute for seconds where the machine has other things to do.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "history",
          include: ["test/history/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/history/live.test.ts"],
          environment: "node",
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "conformance",
          include: ["test/conformance/**/*.test.ts"],
          environment: "node",
          setupFiles,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "real",
          include: ["test/e2e/**/*.test.ts", "test/controlplane/**/*.test.ts"],
          environment: "node",
          setupFiles,
          globalSetup: ["test/controlplane/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "protobuf",
          include: ["test/protobuf/**/*.test.ts"],
          environment: "node",
          setupFiles,
          globalSetup: ["test/controlplane/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts", "test/history/live.test.ts"],
          environment: "node",
          setupFiles,
          globalSetup: ["test/controlplane/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "streams",
          include: ["test/streams/**/*.test.ts"],
          environment: "node",
          setupFiles,
          globalSetup: ["test/controlplane/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts", "test/proxy/**/*.test.ts"],
          environment: "node",
          setupFiles,
          globalSetup: ["test/browser/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "embedded",
          include: embedded,
          environment: "node",
          setupFiles,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "embedded-client",
          include: ["test/e2e/**/*.test.ts", "test/protobuf/**/*.test.ts", "test/faults/**/*.test.ts"],
          exclude: ["**/node_modules/**", ...(process.env["LATER"] === undefined ? Object.keys(laterFiles) : [])],
          environment: "node",
          setupFiles: [...setupFiles, "test/embedded/client/setup.ts"],
          globalSetup: ["test/embedded/client/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
