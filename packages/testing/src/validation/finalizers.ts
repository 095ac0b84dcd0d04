import { type Causes, invalidCause } from "./causes.ts";
import { wrongForm } from "./checks.ts";
import { wrongQualifiedName } from "./forms.ts";

/** Those that need no domain (k8s.io/kubernetes pkg/apis/core/helper, IsStandardFinalizerName). */
const standard: readonly string[] = ["kubernetes", "orphan", "foregroundDeletion"];

/** What is wrong with the finalizer of a kind of the core group (k8s.io/kubernetes pkg/apis/core/validation, validateFinalizerName). */
export function* wrongFinalizer(at: string, value: string): Causes {
  yield* wrongForm(at, value, wrongQualifiedName);
  if (!value.includes("/") && !standard.includes(value))
    yield invalidCause(at, value, "name is neither a standard finalizer name nor is it fully qualified");
}
