import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

test("without arguments it is a played cluster", () => {
  expect(readArguments([])).toEqual({ help: false, kubeconfig: undefined, context: undefined, port: 8600, pods: 0 });
});

test("what is wrong is named", () => {
  const problem = (...args: string[]) => {
    try {
      return readArguments(args);
    } catch (error) {
      return (error as Error).message.split("\n")[0];
    }
  };
  expect(problem("--context", "mine")).toBe("--context needs --kubeconfig FILE");
  expect(problem("--pods", "many")).toBe("--pods must be a whole number from 0 to 100000, not many");
  expect(problem("--port", "65536")).toBe("--port must be a whole number from 0 to 65535, not 65536");
  expect(problem("--pods", "5", "--kubeconfig", "f")).toContain("--pods is for the played cluster");
  expect(problem("--read")).toContain("Unknown option '--read'");
});
