import { equalValues } from "../../objects/equal-values.ts";
import { type Causes, forbiddenCause, invalidCause, requiredCause, tooLongCause } from "../../validation/causes.ts";
import { wrongForm } from "../../validation/checks.ts";
import { wrongDriverName } from "../../validation/driver-name.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain } from "../../validation/forms.ts";
import { type InternalField, internalForm } from "../../validation/internal-form.ts";
import type { Strategy } from "../strategy.ts";

const longestMessage = 1024;
const shownLongest = 256 * 1024;

/** A VolumeAttachment (k8s.io/kubernetes pkg/apis/storage/validation). */
export const volumeAttachments: Strategy = {
  validate: wrongAttachment,
  *validateUpdate(draft, old) {
    yield* wrongAttachment(draft);
    if (!equalValues(draft["spec"], old["spec"]))
      yield invalidCause("spec", internalForm(objectIn(draft, "spec"), shownSpec), "field is immutable");
  },
};

/** How the server's messages show a spec. */
const shownSpec: readonly InternalField[] = [
  { name: "Attacher", zero: "" },
  { name: "Source", fields: [{ name: "PersistentVolumeName" }, { name: "InlineVolumeSpec" }] },
  { name: "NodeName", zero: "" },
];

/** `volumeattachments/status` */
export const volumeAttachmentStatus: Strategy = { validateUpdate: wrongAttachment };

function* wrongAttachment(attachment: Fields): Causes {
  const [spec, status] = [objectIn(attachment, "spec"), objectIn(attachment, "status")];
  const source = objectIn(spec, "source");
  yield* wrongDriverName(textIn(spec, "attacher"), "spec.attacher");
  yield* wrongSource(source);
  yield* wrongForm("spec.nodeName", textIn(spec, "nodeName"), wrongDnsSubdomain);
  yield* wrongError(presentIn(status, "attachError"), "status.attachError");
  yield* wrongError(presentIn(status, "detachError"), "status.detachError");
  if (source["persistentVolumeName"] !== undefined)
    yield* wrongForm("spec.source.persistentVolumeName", textIn(source, "persistentVolumeName"), wrongDnsSubdomain);
}

function* wrongSource(source: Fields): Causes {
  const at = "spec.source";
  const [inline, name] = [source["inlineVolumeSpec"], source["persistentVolumeName"]];
  const either = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
  if (inline === undefined && name === undefined) yield requiredCause(at, either);
  else if (inline !== undefined && name !== undefined) yield forbiddenCause(at, either);
  else if (name === "")
    yield requiredCause(`${at}.persistentVolumeName`, "must specify non empty persistentVolumeName");
}

function* wrongError(error: Fields | undefined, at: string): Causes {
  if (error === undefined) return;
  // Longer ones are refused than it says.
  if (textIn(error, "message").length > longestMessage) yield tooLongCause(`${at}.message`, shownLongest);
  const code = numberIn(error, "errorCode");
  if (code !== undefined && code < 0)
    yield invalidCause(`${at}.errorCode`, code, "must be between 0 and 2147483647, inclusive");
}
