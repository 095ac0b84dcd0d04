import { type Causes, requiredCause, tooLongCause } from "./causes.ts";
import { wrongForm } from "./checks.ts";
import { wrongDnsSubdomain } from "./forms.ts";

const longest = 63;

/** ValidateCSIDriverName of k8s.io/kubernetes pkg/apis/core/validation */
export function* wrongDriverName(name: string, at: string): Causes {
  if (name === "") {
    yield requiredCause(at);
    return;
  }
  if (name.length > longest) yield tooLongCause(at, longest);
  yield* wrongForm(at, name, (value) => wrongDnsSubdomain(value.toLowerCase()));
}
