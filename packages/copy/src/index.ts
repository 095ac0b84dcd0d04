export { copyFrom } from "./copy-from.ts";
export { copyTo } from "./copy-to.ts";
export type { CopyFromOptions, CopyOptions } from "./copy-options.ts";
export type { BytesToCopy, LocalSource } from "./local/local-source.ts";
export { CopyError } from "./outcome/copy-error.ts";
export type { CopyErrorOptions } from "./outcome/copy-error.ts";
export type { CopyResult, SkippedEntry } from "./outcome/copy-result.ts";
export type { PodsWithFiles, PodWithFiles } from "./remote/pod-with-files.ts";
