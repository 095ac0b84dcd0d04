import { posix, win32 } from "node:path";
import { AuthError } from "@kubewright/core";
import type { ExecPolicy } from "../../settings/connect-options.ts";
import { findCommand, type CommandSearch } from "./find-command.ts";

/**
 * Throws an AuthError when the policy does not let a plugin run. `allow` is matched as by kubectl: an entry that is the command as
 * the kubeconfig writes it, the file it stands for, or a name that stands for that same file.
 */
export async function checkPolicy(
  policy: ExecPolicy,
  command: string,
  file: string,
  search: CommandSearch,
): Promise<void> {
  if (policy === "AllowAll") return;
  if (policy === "DenyAll") {
    throw new AuthError(`Plugin refused: execPolicy is "DenyAll", so the credential plugin ${command} does not run`);
  }
  const { basename, normalize } = search.platform === "win32" ? win32 : posix;
  const allowed = policy.allow.map((entry) => normalize(entry));
  if (allowed.includes(normalize(command)) || allowed.includes(normalize(file))) return;
  for (const entry of allowed) {
    if (basename(entry) === basename(file) && (await findCommand(entry, search)) === file) return;
  }
  throw new AuthError(
    `Plugin refused: the credential plugin ${command} (${file}) does not stand in execPolicy.allow; add it if you trust it`,
  );
}
