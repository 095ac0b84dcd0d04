import { relative } from "node:path";
import { beforeEach } from "vitest";
import { laterMark, laterTests } from "./later.ts";

beforeEach(({ task, skip }) => {
  if (process.env["LATER"] !== undefined) return;
  const file = relative(process.cwd(), task.file.filepath);
  const found = Object.entries(laterTests[file] ?? {}).find(([name]) => task.fullTestName.includes(name));
  if (found !== undefined) skip(`${laterMark}${found[1]}`);
});
