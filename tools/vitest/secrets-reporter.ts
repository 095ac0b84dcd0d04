import type { Reporter, Vitest } from "vitest/node";
import { secretsIn, tokensOf, type ProvidedSecrets } from "./secrets-in.ts";

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
    const known = (this.#vitest?.projects ?? []).flatMap((project) =>
      tokensOf((project.getProvidedContext() as { readonly controlPlane?: ProvidedSecrets }).controlPlane),
    );
    for (const text of this.#printed) {
      const found = secretsIn(text, known);
      if (found === undefined) continue;
      console.error(`Printed: ${found.what.join(", ")}, after ${JSON.stringify(found.before)}`);
      process.exitCode = 1;
    }
  }
}
