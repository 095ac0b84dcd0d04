import { folderOf, lastName, notAnOption, withoutSlashes } from "./remote-path.ts";

/** Where a copy goes in the container. */
export interface RemoteTarget {
  /** The path that the copy gets. */
  readonly path: string;
  /** The folder that it lies in. */
  readonly folder: string;
  /** Its name there; "." for the folder itself. */
  readonly name: string;
}

export function remoteTarget(remote: string, ownName: string | undefined): RemoteTarget {
  const plain = withoutSlashes(remote);
  const path = ownName === undefined ? plain : `${plain === "/" ? "" : plain}/${ownName}`;
  const name = lastName(path);
  if (name === undefined) return { path: notAnOption(path), folder: notAnOption(path), name: "." };
  return { path: notAnOption(path), folder: folderOf(path), name };
}

/** What the script below writes before it reads: then all that it needs is there. */
export const ready = "ready\n";

/** The names in an archive for the script: what is copied, and what comes last. */
export const staged = { root: "copy", end: "whole" } as const;

/** How many entries one `mv` is given: with paths of 4 KiB they are still far from what a program can be given. */
const mostAtOnce = 100;

/**
 * The archive is unpacked beside its place, or in it where it is a folder that is there: either can be a volume of its own. Only when its
 * last entry is there, too, is it moved. So a connection that breaks leaves nothing: `tar` then sees the end of its input, and
 * calls an archive that is cut between two entries a success. What it lists goes out at once: line by line it would be a message each.
 */
const script = `
for program in tar cat mv rm mkdir; do command -v "$program" >/dev/null 2>&1 || exit 126; done
target=$1 folder=$2 kind=$3 stage=$4
shift 4
for earlier; do rm -rf "$target/$earlier" "$folder/$earlier" 2>/dev/null; done
say() { printf '%s\\n' "$1" >&2; exit 2; }
if [ "$kind" = folder ] && [ -d "$target" ]; then stage=$target/$stage; else stage=$folder/$stage; fi
if [ "$kind" = file ] && [ -d "$target" ]; then say "$target is a folder, and a file was to be copied there"; fi
if [ "$kind" = folder ] && [ -e "$target" ] && [ ! -d "$target" ]; then say "$target is there, and is no folder"; fi
mkdir -m 700 "$stage" || exit 2
trap 'rm -rf "$stage"' EXIT
trap 'exit 143' HUP INT TERM
printf 'ready\\n'
tar -C "$stage" -xpovf - >"$stage/listed" || exit
cat "$stage/listed" || exit 2
[ -f "$stage/${staged.end}" ] || say "the archive was cut"
put() {
  into=$2
  shift 2
  [ $# -eq 0 ] || mv -f "$@" "$into/" || return 2
}
fill() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if [ ! -e "$entry" ] && [ ! -L "$entry" ]; then continue; fi
    if [ -d "$entry" ] && [ ! -L "$entry" ] && [ -d "$2/\${entry##*/}" ]; then
      fill "$entry" "$2/\${entry##*/}" || return 2
    else
      set -- "$@" "$entry"
      if [ $# -gt ${mostAtOnce} ]; then
        put "$@" || return 2
        set -- "$1" "$2"
      fi
    fi
  done
  put "$@"
}
if [ "$kind" = folder ] && [ -d "$target" ]; then fill "$stage/${staged.root}" "$target" || exit 2
else mv -f "$stage/${staged.root}" "$target" || exit 2; fi
`;

/**
 * Takes an archive with the names of {@link staged}, and unpacks it in a folder of the name `stage`. Those of `earlier` tries are removed
 * first. Needs `sh`, `cat`, `mv`, `rm` and `mkdir`.
 */
export function stagedReceiveCommand(
  target: RemoteTarget,
  kind: "file" | "folder",
  stage: string,
  earlier: readonly string[],
): readonly string[] {
  return ["sh", "-c", script, "sh", target.path, target.folder, kind, stage, ...earlier];
}

/**
 * What is whole is being put into its place by the command that unpacked it, which is not disturbed. In what is not, `tar` may still
 * write what had come to it.
 */
const removal = `
target=$1 folder=$2 code=0
shift 2
for name; do
  for stage in "$target/$name" "$folder/$name"; do
    for second in 1 2 3; do [ ! -f "$stage/${staged.end}" ] || sleep 1; done
    for again in 1 2 3; do [ ! -d "$stage" ] || [ -f "$stage/${staged.end}" ] || rm -rf "$stage"; done
    if [ -d "$stage" ]; then printf '%s is still there\\n' "$stage" >&2; code=1; fi
  done
done
exit "$code"
`;

/** Removes the folders that tries may have left. */
export function removeStagesCommand({ path, folder }: RemoteTarget, stages: readonly string[]): readonly string[] {
  return ["sh", "-c", removal, "sh", path, folder, ...stages];
}

/** Unpacks an archive at its place, by `tar` alone. */
export function plainReceiveCommand({ folder }: RemoteTarget): readonly string[] {
  return ["tar", "-C", folder, "-xpovf", "-"];
}
