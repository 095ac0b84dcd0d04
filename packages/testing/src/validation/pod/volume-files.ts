import { type Causes, invalidCause, requiredCause } from "../causes.ts";
import { type Fields, presentIn, textIn } from "../fields.ts";
import { wrongFileMode, wrongUnreservedPath } from "../paths.ts";
import { wrongFieldRef, wrongResourceFieldRef } from "./env.ts";

/** Texts that have to be there. */
export function* missingTexts(source: Fields, fields: readonly string[], at: string): Causes {
  for (const field of fields) if (textIn(source, field) === "") yield requiredCause(`${at}.${field}`);
}

/** One key of a config map or secret as a file (validateKeyToPath). */
export function* wrongKeyToPath(item: Fields, at: string): Causes {
  yield* missingTexts(item, ["key", "path"], at);
  yield* wrongUnreservedPath(textIn(item, "path"), `${at}.path`);
  yield* wrongFileMode(item["mode"], `${at}.mode`);
}

const volumeFields = ["metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid"];

/** A field of the pod as a file (validateDownwardAPIVolumeFile). */
export function* wrongDownwardFile(file: Fields, at: string): Causes {
  yield* missingTexts(file, ["path"], at);
  yield* wrongUnreservedPath(textIn(file, "path"), `${at}.path`);
  const field = presentIn(file, "fieldRef");
  const resource = presentIn(file, "resourceFieldRef");
  if (field !== undefined) {
    yield* wrongFieldRef(field, volumeFields, `${at}.fieldRef`);
    if (resource !== undefined)
      yield invalidCause(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
  } else if (resource !== undefined) yield* wrongResourceFieldRef(resource, true, `${at}.resourceFieldRef`);
  else yield requiredCause(at, "one of fieldRef and resourceFieldRef is required");
  yield* wrongFileMode(file["mode"], `${at}.mode`);
}
