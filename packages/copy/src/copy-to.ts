import { randomBytes } from "node:crypto";
import { InputError } from "@kubewright/core";
import { writeArchive, type WrittenEntry } from "./archive/write-archive.ts";
import { checkToOptions, type CopyOptions } from "./copy-options.ts";
import { localSource, type LocalSource, type ReadableSource } from "./local/local-source.ts";
import type { CopyResult } from "./outcome/copy-result.ts";
import { Fault } from "./outcome/fault.ts";
import { Tally } from "./outcome/tally.ts";
import { Listing } from "./remote/listing.ts";
import type { PodsWithFiles } from "./remote/pod-with-files.ts";
import {
  plainReceiveCommand,
  ready,
  removeStagesCommand,
  type RemoteTarget,
  remoteTarget,
  staged,
  stagedReceiveCommand,
} from "./remote/receive-command.ts";
import { checkPath } from "./remote/remote-path.ts";
import { endOf, noTar } from "./remote/run-tar.ts";
import { Session } from "./session.ts";

/**
 * Copies a file, a folder or bytes into a container. `remote` is the name that the copy gets; one that ends with a `/` is a folder, which
 * must be there, that the copy is put into. A folder that is there already is filled, a file replaced. Modes and times are kept, the
 * owner is the container's user. Links in a folder stay links. All of it is unpacked beside its place first, and put there when it is
 * whole, where the container has `sh`, `mv` and their like; else `tar` writes it in its place.
 *
 * Needs `tar` in the container, and the rights to get and create `pods/exec`. @throws InputError; StatusError and ConnectionError where
 * nothing could be run; CopyError for a copy that was not completed
 *
 * @example
 * const { files, bytes } = await copyTo(pods, "web-0", "./dist", "/srv/www");
 * console.log(files, bytes);
 */
export async function copyTo(
  pods: PodsWithFiles,
  name: string,
  local: LocalSource,
  remote: string,
  options: CopyOptions = {},
): Promise<CopyResult> {
  checkToOptions(options);
  checkPath(remote, "remote");
  if (typeof local === "string") checkPath(local, "local");
  const source = await localSource(local);
  const target = targetOf(remote, source);
  const session = new Session(pods, name, options);
  await session.check();

  const transfer = new Transfer(session, source, target);
  try {
    await session.retrying(
      () => transfer.once(),
      () => source.isFresh,
    );
    return transfer.tally.result;
  } catch (error) {
    throw session.errorOf(error, transfer.failed, await transfer.cleanUp());
  }
}

/** One copy into a container, as often as it begins anew. */
class Transfer {
  tally = new Tally();
  readonly #session: Session;
  readonly #source: ReadableSource;
  readonly #target: RemoteTarget;
  #isStaged = true;
  /** The folders in the container that tries may have left: those whose command did not say how it ended. */
  #stages: string[] = [];

  constructor(session: Session, source: ReadableSource, target: RemoteTarget) {
    this.#session = session;
    this.#source = source;
    this.#target = target;
  }

  /** What counts where it was not completed: nothing, and what was left out. */
  get failed(): Tally {
    const tally = new Tally();
    for (const { path, reason } of this.tally.result.skipped) tally.skip(path, reason);
    return tally;
  }

  async once(): Promise<void> {
    const isStaged = this.#isStaged;
    const { kind } = this.#source;
    const listing = new Listing();
    let began: (isReady: boolean) => void = () => {};
    const beginning = new Promise<boolean>((resolve) => (began = resolve));
    const stdin = this.#archive(listing, isStaged ? beginning : Promise.resolve(true));
    const stage = `.kubewright-${randomBytes(8).toString("hex")}`;
    const command = isStaged
      ? stagedReceiveCommand(this.#target, kind, stage, this.#stages)
      : plainReceiveCommand(this.#target);
    if (isStaged) this.#stages.push(stage);
    const ended = await this.#session.run({ command, stdin }, async ({ run }) => {
      let greeting = isStaged ? Buffer.from(ready) : Buffer.alloc(0);
      let came = false;
      try {
        for await (const piece of run.stdout) {
          came = true;
          const greeted = greeting.subarray(0, piece.length);
          if (!greeted.equals(piece.subarray(0, greeted.length)))
            throw new Fault("something else than tar answered in the container");
          greeting = greeting.subarray(greeted.length);
          if (greeting.length === 0) began(true);
          listing.push(piece.subarray(greeted.length));
        }
      } finally {
        began(false);
      }
      return endOf(run, !came);
    });
    if ("notStarted" in ended) {
      this.#stages.pop();
      if (!isStaged) throw noTar(ended.notStarted);
      this.#isStaged = false;
      return this.once();
    }
    // A shell that was killed has removed nothing.
    if (ended.exitCode < 128) this.#stages = [];
    if (ended.exitCode !== 0) throw new Fault(`tar ended with the exit code ${ended.exitCode}`, ended);
    const missing = listing.whatIsMissing();
    if (missing !== undefined) throw new Fault(missing, ended);
  }

  /** Removes what the tries have left in the container, as far as that goes; gives what may still be there, and why. Never rejects. */
  async cleanUp(): Promise<string | undefined> {
    if (this.#stages.length === 0) return undefined;
    const why = await this.#session.afterwards(removeStagesCommand(this.#target, this.#stages));
    return why === undefined
      ? undefined
      : `what had come may still be in ${this.#stages.join(" and ")} at its place in the container: ${why}`;
  }

  /** Nothing is read before the container is ready for it. */
  async *#archive(listing: Listing, beginning: Promise<boolean>): AsyncGenerator<Uint8Array, void, undefined> {
    if (await beginning) yield* writeArchive(this.#entries(listing));
  }

  async *#entries(listing: Listing): AsyncGenerator<WrittenEntry, void, undefined> {
    const root = this.#isStaged ? staged.root : this.#target.name;
    const tally = new Tally();
    this.tally = tally;
    for await (const source of this.#source.read((path, reason) => tally.skip(path, reason))) {
      const path = [root, ...source.names].join("/") + (source.kind === "folder" ? "/" : "");
      listing.sent(path);
      const { kind } = source;
      if (kind === "file") {
        yield { header: { kind, path, ...source.facts }, content: source.content };
        tally.file(source.facts.size);
      } else if (kind === "folder") yield { header: { kind, path, size: 0, mode: source.mode, mtime: source.mtime } };
      else yield { header: { kind, path, size: 0, mode: 0o777, mtime: source.mtime, link: source.link } };
    }
    if (!this.#isStaged) return;
    listing.sent(staged.end);
    yield { header: { kind: "file", path: staged.end, size: 0, mode: 0o600, mtime: 0 } };
  }
}

function targetOf(remote: string, { ownName }: ReadableSource): RemoteTarget {
  if (!remote.endsWith("/")) return remoteTarget(remote, undefined);
  if (ownName === undefined)
    throw new InputError("remote", 'what is copied has no name that it could get in that folder; leave out the "/"');
  return remoteTarget(remote, ownName);
}
