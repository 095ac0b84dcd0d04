import type { RemoteSource } from "./remote-path.ts";

/**
 * The command that writes an archive of the source. `follow` puts in what symbolic links lead to.
 */
export function sendCommand({ folder, name }: RemoteSource, follow: boolean): readonly string[] {
  return ["tar", "-C", folder, follow ? "-chf" : "-cf", "-", "--", name];
}

/** Not in the shell's own range: it says that there is no `tail`. */
export const cannotSkip = 126;

/** tail's exit code would hide tar's, which goes round it by a descriptor of its own. */
const script = `command -v tail >/dev/null 2>&1 || exit ${cannotSkip}
from=$1
shift
exec 4>&1
code=$({ { "$@" 3>&- 4>&-; echo "$?" >&3; } | tail -c "+$from" >&4 3>&-; } 3>&1)
exit "\${code:-1}"`;

/** The same, without the first bytes of the archive. */
export function sendRestCommand(command: readonly string[], skipped: number): readonly string[] {
  return ["sh", "-c", script, "sh", String(skipped + 1), ...command];
}
