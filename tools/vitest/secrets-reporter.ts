import type { Reporter, Vitest } from "vitest/node";
import { secretsIn } from "./secrets-in.ts";

interface WithToken {
  readonly token: string;
}

/** What test/controlplane/global-setup.ts provides, as far as it is secret. */
interface ProvidedHere {
  readonly controlPlane?: {
    readonly admin: WithToken;
    readonly noRights: WithToken;
    readonly serviceAccount: WithToken;
  };
}

/** Fails a run in which any test, or what it tested, printed a credential: planted ones, the control plane's own, any token or key. */
export class SecretsReporter implements Reporter {
  #vitest: Vitest | undefined;
  readonly #printed: string[] = [];

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onUserConsoleLog({ content }: { readonly content: string }): void {
    this.#printed.push(content);
  }

  onTestRunEnd(): void {
    const known = (this.#vitest?.projects ?? []).flatMap((project) => {
      const { controlPlane } = project.getProvidedContext() as ProvidedHere;
      return controlPlane === undefined
        ? []
        : [controlPlane.admin.token, controlPlane.noRights.token, controlPlane.serviceAccount.token];
    });
    const found = this.#printed.flatMap((text) => secretsIn(text, known));
    for (const what of found) console.error(`A credential was printed: ${what}`);
    if (found.length > 0) process.exitCode = 1;
  }
}
