/** The longest name that file systems take, in bytes. */
const mostNameBytes = 255;

/** Names that stand for devices on Windows, whatever their ending. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *([.:].*)?$/is;

/**
 * Why no file or folder here may get this name; undefined where it may. Most of it holds on every platform, so that what can be copied
 * here can be copied anywhere; `windows` asks for what only Windows does not take besides.
 */
export function whyNotName(name: string, windows: boolean): string | undefined {
  if (name === "") return "a name in it is empty";
  if (name === "." || name === "..") return `${name} stands in it`;
  if (name.includes("\0")) return "a NUL stands in it";
  if (name.includes("/")) return "a / stands in a name of it";
  if (name.includes("\\")) return "a backslash stands in it, which separates folders on Windows";
  if (/^[a-z]:/i.test(name)) return "it names a drive";
  if (reserved.test(name)) return "it names a device on Windows";
  if (Buffer.byteLength(name) > mostNameBytes) return `a name in it is longer than ${mostNameBytes} bytes`;
  if (windows && (/[<>:"|?*]|[ .]$/.test(name) || Buffer.from(name).some((byte) => byte < 0x20)))
    return "Windows takes no such name";
  return undefined;
}
