import { afterAll, afterEach, beforeEach, inject, vi } from "vitest";
import { KubeError } from "../../packages/core/src/errors/kube-error.ts";
import { Secret } from "../../packages/node/src/settings/secret.ts";
import { tokensOf, type ProvidedSecrets } from "../../tools/vitest/secrets-in.ts";
import { recordCredentials } from "./credentials-in-use.ts";
import { hitsInErrors, hitsInMade } from "./hits.ts";
import { MadeRecorder, recordErrors, type Made } from "./recorder.ts";

// Runs before each test file of every project. A test fails when an error that was made meanwhile, or a thing that people inspect,
// shows a credential, whether anybody looks at it or not.

const errors = recordErrors(KubeError);
const credentials = recordCredentials(Secret);
const objects = new MadeRecorder();

type Original = () => Promise<object>;
vi.mock("../../packages/core/src/cluster/create-cluster.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/core/src/stream/stream.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/core/src/transport/web-transport.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/call-path.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/kubeconfig/resolve.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/credentials/bearer.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/credentials/tls-files.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/credentials/exec/exec-source.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/credentials/oidc/oidc-source.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/dial/proxy/proxy-dial.ts", (original: Original) => objects.listening(original));
vi.mock("../../packages/node/src/transport/node-transport.ts", (original: Original) => objects.listening(original));

// What was made before the tests of the file lives as long as they do, and is looked at when it has been through all of them.
const longLived: Made[] = [];
const tokens = tokensOf(inject("controlPlane" as never) as ProvidedSecrets | undefined);

beforeEach(() => {
  longLived.push(...objects.take());
});

afterEach(() => look(objects.take()));

afterAll(() => look([...longLived, ...objects.take()]));

function look(made: readonly Made[]): void {
  const known = [...tokens, ...credentials.take()];
  const hits = [...hitsInErrors(errors.take(), known), ...hitsInMade(made, known)];
  if (hits.length > 0) throw new Error(`Credentials come to light:\n${hits.join("\n")}`);
}
