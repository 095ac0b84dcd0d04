import { chmod, mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCommand } from "./find-command.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-find-"));
  for (const name of ["one", "two"]) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "plugin"), "");
    await chmod(join(folder, name, "plugin"), 0o755);
  }
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test.skipIf(process.platform === "win32")(
  "names are looked up in PATH, the first wins; folders and relative ones are passed over",
  async () => {
    const find = (command: string, path: string): Promise<string | undefined> =>
      findCommand(command, { env: { PATH: path }, platform: "linux" });
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    expect(await find("plugin", `${one}:${two}`)).toBe(`${one}/plugin`);
    expect(await find("plugin", `.:relative::${two}`)).toBe(`${two}/plugin`);
    expect(await find("one", folder)).toBeUndefined();
    await chmod(join(one, "plugin"), 0o644);
    expect(await find("plugin", `${one}:${two}`)).toBe(`${two}/plugin`);
    expect(await find(`${two}/plugin`, "")).toBe(`${two}/plugin`);
    expect(await find("absent", `${one}:${two}`)).toBeUndefined();
    expect(await findCommand("plugin", { env: {}, platform: "linux" })).toBeUndefined();
  },
);
