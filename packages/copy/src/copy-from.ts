import { join, resolve, sep } from "node:path";
import { InputError } from "@kubewright/core";
import { checkFromOptions, type CopyFromOptions } from "./copy-options.ts";
import { Intake } from "./intake.ts";
import type { Receiver } from "./local/receiver.ts";
import { StreamReceiver } from "./local/stream-receiver.ts";
import { TreeReceiver } from "./local/tree-receiver.ts";
import { whyNotName } from "./names/check-name.ts";
import type { CopyResult } from "./outcome/copy-result.ts";
import { Fault } from "./outcome/fault.ts";
import { Tally } from "./outcome/tally.ts";
import type { PodsWithFiles } from "./remote/pod-with-files.ts";
import { Position } from "./remote/position.ts";
import { checkPath, type RemoteSource, remoteSource } from "./remote/remote-path.ts";
import { endOf, noTar } from "./remote/run-tar.ts";
import { sendCommand, sendRestCommand } from "./remote/send-command.ts";
import { Session } from "./session.ts";

const mostEntries = 100_000;
const mostBytes = 64 * 1024 ** 3;

/**
 * Copies a file or a folder out of a container. `local` is the name that the copy gets; one that ends with a `/` is a folder that the
 * copy is put into. A folder that is there already is filled, a file replaced. Only files and folders are made, each file whole or not
 * at all, and nothing outside of `local`, whatever the container sends. A WritableStream takes one file, and is closed at its end.
 *
 * Needs `tar` in the container, and the rights to get and create `pods/exec`. @throws InputError; StatusError and ConnectionError where nothing could
 * be run; CopyError for a copy that was not completed
 *
 * @example
 * const { files, skipped } = await copyFrom(pods, "web-0", "/var/log/app", "./logs");
 * console.log(files, skipped);
 */
export async function copyFrom(
  pods: PodsWithFiles,
  name: string,
  remote: string,
  local: string | WritableStream<Uint8Array>,
  options: CopyFromOptions = {},
): Promise<CopyResult> {
  checkFromOptions(options);
  checkPath(remote, "remote");
  const source = remoteSource(remote);
  const root = typeof local === "string" ? rootOf(local, source) : undefined;
  if (root === undefined && !(local instanceof WritableStream))
    throw new InputError("local", "it must be a path or a WritableStream");
  if (local instanceof WritableStream && local.locked)
    throw new InputError("local", "the stream is locked: somebody else writes to it");
  const session = new Session(pods, name, options);
  await session.check();

  const tally = new Tally();
  const placed = (bytes: number): void => tally.file(bytes);
  const receiver: Receiver =
    local instanceof WritableStream ? new StreamReceiver(local, placed) : new TreeReceiver(root ?? "", placed);
  const { maxEntries = mostEntries, maxBytes = mostBytes, links } = options;
  const intake = new Intake(source.name, receiver, tally, { maxEntries, maxBytes });
  try {
    await receive(session, sendCommand(source, links === "follow"), intake);
    await receiver.finish();
    return tally.result;
  } catch (error) {
    await receiver.abandon(error);
    throw session.errorOf(error, tally);
  }
}

/** Hands on what the command writes, over as many connections as it takes. */
async function receive(session: Session, command: readonly string[], intake: Intake): Promise<void> {
  const position = new Position();
  let canSkip = true;
  const once = async (): Promise<void> => {
    const skipped = canSkip ? position.skippable : 0;
    const ended = await session.run(
      { command: skipped > 0 ? sendRestCommand(command, skipped) : command },
      async ({ run }) => {
        position.begin(skipped);
        let came = false;
        for await (const piece of run.stdout) {
          came = true;
          await intake.push(position.take(piece));
        }
        return endOf(run, !came);
      },
    );
    if ("notStarted" in ended) {
      if (skipped === 0) throw noTar(ended.notStarted);
      // No sh, or no tail: then it comes from the beginning, and what is known is passed over here.
      canSkip = false;
      return once();
    }
    if (ended.exitCode !== 0) throw new Fault(`tar ended with the exit code ${ended.exitCode}`, ended);
    position.end();
    // Kubelets leave out what was not yet taken when a command ends, where who reads it is slow, and call that a success.
    intake.complete();
  };
  await session.retrying(once, () => true);
}

/** Where the copy goes. */
function rootOf(local: string, { ownName }: RemoteSource): string {
  checkPath(local, "local");
  if (!local.endsWith("/") && !local.endsWith(sep)) return resolve(local);
  if (ownName === undefined)
    throw new InputError(
      "remote",
      'it ends in no name that the copy could get in that folder; leave out the "/" of local',
    );
  const why = whyNotName(ownName, process.platform === "win32");
  if (why !== undefined)
    throw new InputError("remote", `no file here can get its name: ${why}; name the copy in local`);
  return join(resolve(local), ownName);
}
