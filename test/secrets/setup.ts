import { afterAll, afterEach, beforeEach, inject, vi } from "vitest";
import { KubeError } from "../../packages/core/src/errors/kube-error.ts";
import { Secret } from "../../packages/node/src/settings/secret.ts";
import { tokensOf, type ProvidedSecrets } from "../../tools/vitest/secrets-in.ts";
import { recordCredentials } from "./credentials-in-use.ts";
import { hitsInErrors, hitsInMade } from "./hits.ts";
import { type Made, MadeRecorder, type ShownAs } from "./made-recorder.ts";
import { recordErrors } from "./recorder.ts";

// Runs before each test file of every project. A test fails when an error that was made meanwhile, or a thing that people inspect,
// shows a credential, whether anybody looks at it or not.

const errors = recordErrors(KubeError);
const credentials = recordCredentials(Secret);
const made = new MadeRecorder();

vi.mock("../../packages/core/src/inspection/shown-as.ts", async (original: () => Promise<{ shownAs: ShownAs }>) => ({
  shownAs: made.listening((await original()).shownAs),
}));

// What was made before the tests of the file lives as long as they do, and is looked at when it has been through all of them.
const longLived: Made[] = [];
const tokens = tokensOf(inject("controlPlane" as never) as ProvidedSecrets | undefined);

beforeEach(() => {
  longLived.push(...made.take());
});

afterEach(() => look(made.take()));

afterAll(() => look([...longLived, ...made.take()]));

function look(things: readonly Made[]): void {
  const known = [...tokens, ...credentials.take()];
  const hits = [...hitsInErrors(errors.take(), known), ...hitsInMade(things, known)];
  if (hits.length > 0) throw new Error(`Credentials come to light:\n${hits.join("\n")}`);
}
