import { execFile, execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { copyFrom, copyTo, type PodsWithFiles } from "@kubewright/copy";
import { connect, debug } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { refusal, rejection } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { playing, podsWithPath } from "./pods-with-path.ts";
import { randomInput, sumOf } from "./bytes.ts";
import { held, phaseOf, runningPod } from "./support.ts";

// Containers see this machine's files, so both ends of each copy are folders of this test.
const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
let folder = "";
const at = (...names: readonly string[]): string => join(folder, ...names);
const installed = (program: string): string | undefined => {
  const found = ["/bin", "/usr/bin"].map((where) => join(where, program)).find((path) => existsSync(path));
  return found;
};

/** Pods in which these programs are found first. */
const withPath = (...folders: readonly string[]): PodsWithFiles => podsWithPath(own.pods, folders.join(":"));
const usual = ["/usr/bin", "/bin"] as const;
const tars = {
  gnu: () => withPath(...usual),
  busybox: () => withPath(at("busybox")),
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-copies-"));
  mkdirSync(at("busybox"));
  for (const applet of ["sh", "tar", "cat", "mv", "rm", "mkdir", "sleep", "tail"])
    symlinkSync(installed("busybox") ?? "busybox", at("busybox", applet));
  mkdirSync(at("limited"));
  // A disk that is full after 100 KiB: the shell ignores the signal, and so does what it starts.
  writeFileSync(at("limited", "tar"), `#!/bin/bash\ntrap '' XFSZ\nulimit -f 100\nexec ${installed("tar")} "$@"\n`, {
    mode: 0o755,
  });
  await runningPod(own.pods, "one");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 10,000 small files in 100 folders, and whatever names can be. */
function makeTree(path: string): void {
  for (let outer = 0; outer < 100; outer++) {
    mkdirSync(join(path, `folder ${outer}`), { recursive: true });
    for (let inner = 0; inner < 100; inner++)
      writeFileSync(join(path, `folder ${outer}`, `${inner}.txt`), `file ${outer} ${inner}`.repeat(inner % 20));
  }
  for (const name of ["empty", "-d", "[a]", "deep/er/and/deeper"]) mkdirSync(join(path, name), { recursive: true });
  for (const name of [
    "-rf",
    "[a]/*",
    "a b",
    "new\nline",
    "tab\tand \\n".replace("\\", ""),
    "äöü€😀",
    "é".repeat(127),
    "x".repeat(255),
    "deep/er/and/deeper/file",
  ])
    writeFileSync(join(path, name), `content of ${name}`);
  linkSync(join(path, "a b"), join(path, "second name"));
  chmodSync(join(path, "a b"), 0o751);
}

function listed(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => `${name} ${lstatSync(join(path, name)).mode}`)
    .toSorted();
}

function expectEqual(one: string, other: string): void {
  expect(listed(other)).toEqual(listed(one));
  expect(execFileSync("diff", ["-r", one, other], { encoding: "utf8" })).toBe("");
}

describe("trees", () => {
  beforeAll(() => makeTree(at("tree")));

  test.for(["gnu", "busybox"] as const)(
    "of 10,000 files and names of every kind are equal both ways: %s",
    async (which, { skip }) => {
      if (which === "busybox" && installed("busybox") === undefined) skip("busybox is not installed");
      const pods = tars[which]();
      const up = await copyTo(pods, "one", at("tree"), at(`${which}-up`));
      const down = await copyFrom(pods, "one", at("tree"), at(`${which}-down`));
      expect([up.files, up.skipped, down.files, down.bytes]).toEqual([10_010, [], 10_010, up.bytes]);
      expectEqual(at("tree"), at(`${which}-up`));
      expectEqual(at("tree"), at(`${which}-down`));
      // Once more, into what is there.
      expect(await copyTo(pods, "one", at("tree", "folder 7"), at(`${which}-up`, "folder 7"))).toMatchObject({
        files: 100,
      });
      expectEqual(at("tree"), at(`${which}-up`));
    },
  );
});

describe("bytes", () => {
  test.each([0, 1, 511, 512, 513, 65_536, 1_000_003, 64 * 1024 * 1024])("%d there and back", async (size) => {
    const input = randomInput(size, Math.max(1, Math.min(size, 200_000)));
    await copyTo(own.pods, "one", { size, bytes: input.pieces }, at("bytes"));
    const pieces = new TransformStream<Uint8Array, Uint8Array>();
    const [sum, done] = await Promise.all([
      sumOf(pieces.readable),
      copyFrom(own.pods, "one", at("bytes"), pieces.writable),
    ]);
    expect([sum, done]).toEqual([input.sum(), { files: 1, bytes: size, skipped: [] }]);
  });
});

/** 50 entries of a few blocks. */
function makeSmallTree(path: string): void {
  for (let index = 0; index < 10; index++) mkdirSync(join(path, `d${index}`), { recursive: true });
  for (let index = 0; index < 39; index++)
    writeFileSync(join(path, `d${index % 10}`, `f${index}`), "x".repeat(1 + index * 20));
}

/** Many at once: each is a command of its own, and most of its time is spent waiting. */
async function each(items: readonly number[], act: (item: number) => Promise<void>): Promise<void> {
  const left = [...items];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** Where each entry of an archive begins, where the last one ends, and 200 other places before that. */
function placesIn(archive: Uint8Array): readonly number[] {
  const bounds = [0];
  let end = 0;
  for (; archive[end] !== 0; bounds.push(end)) {
    const size = Number.parseInt(Buffer.from(archive.subarray(end + 124, end + 135)).toString("latin1"), 8);
    end += 512 + 512 * Math.ceil(size / 512);
  }
  return [...new Set([...bounds, ...Array.from({ length: 200 }, (_, index) => 1 + ((index * 7919) % (end - 1)))])];
}

/** Whether what lies there is whole: each file as in the tree, none in part. */
function expectWholeFiles(tree: string, copy: string): void {
  if (!existsSync(copy)) return;
  for (const name of readdirSync(copy, { recursive: true, encoding: "utf8" }))
    expect([name, lstatSync(join(copy, name)).size]).toEqual([name, lstatSync(join(tree, name)).size]);
}

// 250 copies each, which take the longer the more else runs.
describe("cut", { timeout: 240_000 }, () => {
  beforeAll(() => {
    makeSmallTree(at("small"));
    mkdirSync(at("cutting"));
    // Called as `tar -C FOLDER …`: sends as much as the folder says, and calls it a success.
    writeFileSync(at("cutting", "tar"), `#!/bin/sh\nexec head -c "$(cat "$2/most")" "${at("archive")}"\n`, {
      mode: 0o755,
    });
    execFileSync("tar", ["-C", folder, "-cf", at("archive"), "small"]);
  });

  test("on its way from a container at every entry and 200 other places: an error, and no half file", async () => {
    const pods = withPath(at("cutting"), ...usual);
    const places = placesIn(readFileSync(at("archive")));
    expect(places.length).toBeGreaterThanOrEqual(250);
    await each(places, async (most) => {
      const place = at(`down-${most}`);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "most"), String(most));
      const said = await refusal(copyFrom(pods, "one", join(place, "small"), join(place, "copy"), { retries: 0 }));
      expect(said).toMatch(/^CopyError: CopyFailed: the archive/);
      expectWholeFiles(at("small"), join(place, "copy"));
    });
  });

  test("on its way into a container at every entry and 200 other places: an error, and nothing is there", async () => {
    const archive = await archiveSent();
    // Behind the last entry there is only the mark of the end, without which nothing is missing.
    const places = placesIn(archive).filter((place) => place < archive.length - 1024);
    expect(places.length).toBeGreaterThanOrEqual(250);
    await each(places, async (most) => {
      const place = at(`up-${most}`);
      mkdirSync(place, { recursive: true });
      const pods = withInput(most, most % 2 === 0);
      expect(await refusal(copyTo(pods, "one", at("small"), join(place, "copy"), { retries: 0 }))).toMatch(
        /^CopyError: CopyFailed: /,
      );
      await eventually(() => (readdirSync(place).length === 0 ? true : undefined), "nothing is left");
    });
  });

  /** Pods whose commands see the end of their input after so many bytes, or whose connection is left there. */
  function withInput(most: number, ends: boolean): PodsWithFiles {
    async function* cut(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      let left = most;
      for await (const piece of input) {
        yield piece.subarray(0, left);
        left -= piece.length;
        if (left > 0) continue;
        if (!ends) throw new Error("cut");
        return;
      }
    }
    const exec: PodsWithFiles["exec"] = (name, { stdin, ...options }) =>
      own.pods.exec(
        name,
        stdin === undefined ? options : { ...options, stdin: cut(stdin as AsyncIterable<Uint8Array>) },
      );
    return playing(own.pods, exec);
  }

  /** What a copy of the tree sends. */
  async function archiveSent(): Promise<Uint8Array> {
    const sent: Uint8Array[] = [];
    const exec: PodsWithFiles["exec"] = (name, { stdin, ...options }) => {
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const piece of stdin as AsyncIterable<Uint8Array>) {
          sent.push(Buffer.from(piece));
          yield piece;
        }
      }
      return own.pods.exec(name, { ...options, stdin: counted() });
    };
    const pods = playing(own.pods, exec);
    await copyTo(pods, "one", at("small"), at("whole"));
    expectEqual(at("small"), at("whole"));
    return Buffer.concat(sent);
  }
});

describe("connections that break", () => {
  test("three times: the copy goes on and is equal, with either tar", async ({ skip }) => {
    if (installed("busybox") === undefined) skip("busybox is not installed");
    execFileSync("sh", ["-c", `head -c 8000000 /dev/urandom > ${at("eight")}`]);
    // Most of it is the pauses between the tries.
    await Promise.all((["gnu", "busybox"] as const).map(broken));
  });

  async function broken(which: "gnu" | "busybox"): Promise<void> {
    const { admin, server, caFile } = inject("controlPlane");
    const proxy = await startFaultProxy(server);
    onTestFinished(() => proxy.close());
    const cluster = await connect({ server: proxy.url, ca: readFileSync(caFile, "utf8"), token: admin.token });
    onTestFinished(() => cluster.close());
    let runs = 0;
    const cut = playing(cluster.api(CoreV1).pods.in(own.namespace), (name, options) => {
      runs += 1;
      proxy.shape(runs <= 3 ? { truncateAfterBytes: 2_000_000 } : {});
      return cluster.api(CoreV1).pods.in(own.namespace).exec(name, options);
    });
    const pods = which === "gnu" ? cut : podsWithPath(cut, at("busybox"));
    await copyFrom(pods, "one", at("eight"), at(`${which}-eight`), { retries: 3 });
    expect(runs).toBe(4);
    expect(execFileSync("cmp", [at("eight"), at(`${which}-eight`)], { encoding: "utf8" })).toBe("");
    runs = 0;
    expect(await rejection(copyFrom(pods, "one", at("eight"), at(`${which}-short`), { retries: 1 }))).toMatchObject({
      name: "CopyError",
      cause: { name: "ConnectionError" },
      result: { files: 0, bytes: 0 },
    });
    expect(existsSync(at(`${which}-short`))).toBe(false);
  }
});

/** Whether a file system of 512 KiB could be mounted there. */
function isMounted(path: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", path], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

describe("what goes wrong", () => {
  test("a file that grows while tar reads it: an error with tar's words", async () => {
    writeFileSync(at("growing"), Buffer.alloc(30_000_000));
    const growing = setInterval(() => appendFileSync(at("growing"), "more"), 5);
    onTestFinished(() => clearInterval(growing));
    expect(await rejection(copyFrom(own.pods, "one", at("growing"), at("grown")))).toMatchObject({
      name: "CopyError",
      exitCode: 1,
      stderr: expect.stringContaining("file changed as we read it") as string,
    });
    expect(await refusal(copyTo(own.pods, "one", at("growing"), at("grown")))).toMatch(
      /growing" changed while it was read/,
    );
  });

  test("a full disk in the container: an error with tar's words, and nothing is left", async () => {
    mkdirSync(at("full"));
    expect(
      await rejection(copyTo(withPath(at("limited"), ...usual), "one", Buffer.alloc(1_000_000), at("full", "copy"))),
    ).toMatchObject({
      name: "CopyError",
      exitCode: 2,
      stderr: expect.stringMatching(/Cannot write|Wrote only/) as string,
      result: { files: 0, bytes: 0, skipped: [] },
    });
    expect(readdirSync(at("full"))).toEqual([]);
  });

  test("a full disk here: an error with its cause, and nothing is left in part", async () => {
    mkdirSync(at("disk"));
    writeFileSync(at("more"), Buffer.alloc(5_000_000, "more"));
    const failed = (code: string): object => ({ name: "CopyError", cause: { code }, result: { files: 0 } });
    // Where nothing may be mounted: files that end at 500 KiB, in a process of its own.
    const { server: SERVER, caFile, admin } = inject("controlPlane");
    const env = { SERVER, CA: readFileSync(caFile, "utf8"), TOKEN: admin.token, NAMESPACE: own.namespace };
    const script = fileURLToPath(new URL("copy-script.ts", import.meta.url));
    const program = [process.execPath, "--conditions=kubewright-source", script, "one", at("more"), at("disk", "copy")];
    const limited = ["-c", `trap '' XFSZ; ulimit -f 500; exec "$@"`, "bash", ...program];
    const { stdout } = await promisify(execFile)("bash", limited, { env: { ...process.env, ...env } });
    expect(JSON.parse(stdout)).toMatchObject(failed("EFBIG"));
    expect(readdirSync(at("disk"))).toEqual([]);
    if (!isMounted(at("disk"))) return;
    try {
      expect(await rejection(copyFrom(own.pods, "one", at("more"), at("disk", "copy")))).toMatchObject(
        failed("ENOSPC"),
      );
      expect(readdirSync(at("disk"))).toEqual([]);
    } finally {
      execFileSync("umount", [at("disk")]);
    }
  });

  test("no rights to the files: an error with the container's words", async () => {
    chmodSync(folder, 0o755);
    mkdirSync(at("closed"));
    writeFileSync(at("closed", "private"), "text", { mode: 0 });
    chmodSync(at("closed"), 0o555);
    onTestFinished(() => chmodSync(at("closed"), 0o755));
    // Root may do everything, so its container runs as somebody else.
    const name = process.getuid?.() === 0 ? "nobody" : "one";
    if (name === "nobody") {
      const securityContext = { runAsUser: 65_534, runAsGroup: 65_534 };
      const containers = [{ name: "main", image: "local" }];
      await own.pods.create({
        metadata: { name },
        spec: { containers, terminationGracePeriodSeconds: 0, securityContext },
      });
      await phaseOf(own.pods, name, "Running");
    }
    const down = await rejection(copyFrom(own.pods, name, at("closed", "private"), at("not-private")));
    expect(down).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Permission denied") as string });
    const up = await rejection(copyTo(own.pods, name, Buffer.from("text"), at("closed", "new")));
    expect(up).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Permission denied") as string });
    expect([existsSync(at("not-private")), readdirSync(at("closed"))]).toEqual([false, ["private"]]);
  });

  test("no tar in the container: an error that says so, and a container of debug that has one copies", async () => {
    mkdirSync(at("no-tar"));
    symlinkSync(installed("sh") ?? "sh", at("no-tar", "sh"));
    writeFileSync(at("wanted"), "text");
    const pods = withPath(at("no-tar"));
    const said = /^CopyError: CopyFailed: there is no tar in the container .* debug\(\) .* below \/proc\/1\b/;
    expect(await refusal(copyFrom(pods, "one", at("wanted"), at("got")))).toMatch(said);
    expect(await refusal(copyTo(pods, "one", at("wanted"), at("got")))).toMatch(said);
    await debug(own.pods, "one", { image: "local", name: "with-tar", target: "main", command: ["sleep", "1000"] });
    // Only root sees what the first process of this machine sees; the node has no namespaces.
    const root = process.getuid?.() === 0 ? "/proc/1/root" : "/proc/self/root";
    const container = "with-tar";
    await copyFrom(own.pods, "one", `${root}${at("wanted")}`, at("got"), { container });
    await copyTo(own.pods, "one", at("wanted"), `${root}${at("put")}`, { container });
    expect([readFileSync(at("got"), "utf8"), readFileSync(at("put"), "utf8")]).toEqual(["text", "text"]);
  });

  test("no rights in the cluster, no such pod, no such container: the server's refusal, as of exec", async () => {
    const { noRights: nobody } = inject("controlPlane");
    const cluster = await connect({ kubeconfig: nobody.kubeconfig });
    onTestFinished(() => cluster.close());
    const pods = cluster.api(CoreV1).pods.in(own.namespace);
    expect(await refusal(copyFrom(pods, "one", "/etc/hostname", at("x")))).toMatch(
      /^StatusError: Forbidden: .*pods\/exec/,
    );
    expect(await refusal(copyFrom(own.pods, "none", "/etc/hostname", at("x")))).toMatch(/^StatusError: NotFound: /);
    const options = { container: "side" };
    expect(await refusal(copyTo(own.pods, "one", Buffer.from("x"), at("x"), options))).toMatch(
      /^StatusError: .*container side/,
    );
  });

  describe("what an abort leaves in the container, where its command cannot remove it,", () => {
    /** Whose commands, the first one and the second, find this program as this script. */
    const withPrograms = (...programs: readonly (readonly [name: string, script: string])[]): PodsWithFiles => {
      const left = programs.map(([name, script]) => {
        const place = mkdtempSync(at("programs-"));
        writeFileSync(join(place, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        return place;
      });
      return playing(own.pods, (pod, options) => withPath(...left.splice(0, 1), ...usual).exec(pod, options));
    };
    const stagesIn = (path: string): readonly string[] =>
      readdirSync(path).filter((name) => name.startsWith(".kubewright-"));

    test("is removed afterwards", async () => {
      mkdirSync(at("left"));
      const controller = new AbortController();
      async function* bytes(): AsyncGenerator<Uint8Array> {
        yield new Uint8Array(200_000);
        await eventually(() => stagesIn(at("left"))[0], "it has begun");
        controller.abort(new Error("mine"));
        await new Promise(() => {});
      }
      const pods = withPrograms(["rm", `: > ${at("not-removed")}`]);
      const source = { size: 500_000, bytes: bytes() };
      const error = await rejection(copyTo(pods, "one", source, at("left", "copy"), { signal: controller.signal }));
      expect(error).toMatchObject({ message: "mine" });
      await eventually(() => (existsSync(at("not-removed")) ? true : undefined), "its command has ended");
      await eventually(() => (readdirSync(at("left")).length === 0 ? true : undefined), "nothing is left");
    });

    test("stays while it is being put into its place", async () => {
      mkdirSync(at("moved", "copy"), { recursive: true });
      mkdirSync(at("to-move"));
      writeFileSync(at("to-move", "file"), "text");
      const controller = new AbortController();
      const pods = withPrograms(
        ["mv", `: > ${at("moving")}; until [ -e ${at("go-on")} ]; do sleep 0.05; done; exec ${installed("mv")} "$@"`],
        ["sleep", `: > ${at("seen")}; exec ${installed("sleep")} "$@"`],
      );
      const copying = copyTo(pods, "one", at("to-move"), at("moved", "copy"), { signal: controller.signal });
      const failed = rejection(copying);
      await eventually(() => (existsSync(at("moving")) ? true : undefined), "it is being moved");
      controller.abort(new Error("mine"));
      expect(await failed).toMatchObject({ message: "mine" });
      await eventually(() => (existsSync(at("seen")) ? true : undefined), "it was seen to be whole");
      writeFileSync(at("go-on"), "");
      await eventually(() => (stagesIn(at("moved", "copy")).length === 0 ? true : undefined), "it is moved");
      expect(readFileSync(at("moved", "copy", "file"), "utf8")).toBe("text");
    });
  });

  test("an abort settles at once, with its reason", async () => {
    const controller = new AbortController();
    const mine = new Error("mine");
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1000);
      controller.abort(mine);
      await new Promise(() => {});
    }
    const copying = copyTo(own.pods, "one", { size: 5000, bytes: bytes() }, at("aborted"), {
      signal: controller.signal,
    });
    expect(await rejection(copying)).toBe(mine);
    await eventually(
      () => (readdirSync(folder).some((name) => name.startsWith(".kubewright-")) ? undefined : true),
      "nothing is left",
    );
  });
});
