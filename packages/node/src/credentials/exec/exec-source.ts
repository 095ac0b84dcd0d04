import { isatty } from "node:tty";
import { AuthError, shownAs, type MetricsSink } from "@kubewright/core";
import type { ExecPolicy } from "../../settings/connect-options.ts";
import type { ExecPlugin, ResolvedCluster } from "../../settings/resolved.ts";
import { Rotating } from "../rotating.ts";
import { execInfo, readExecCredential, type ExecCredential } from "./exec-credential.ts";
import { execMetrics } from "./exec-metrics.ts";
import { findCommand } from "./find-command.ts";
import { checkPolicy } from "./policy.ts";
import { runPlugin } from "./run-plugin.ts";

/** What running a plugin depends on beside the plugin. */
export interface ExecSurroundings {
  readonly cluster: ResolvedCluster;
  /** The cluster's authorities in PEM, when the plugin wants to know the cluster. */
  readonly ca: () => Promise<string | undefined>;
  readonly policy: ExecPolicy;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Ends a plugin that runs. */
  readonly signal: AbortSignal;
  /** Whether a person can be asked. Default: whether standard input is a terminal. */
  readonly isTerminal?: (() => boolean) | undefined;
  readonly timeoutMs?: number | undefined;
  readonly metrics?: MetricsSink | undefined;
}

// A plugin that asks nobody has a minute; a person who logs in with a browser or types a code takes longer.
const timeoutMs = 60_000;
const interactiveTimeoutMs = 300_000;

/** The credentials of a plugin: run when first needed, ahead of their expiry, and after a 401; whoever waits shares one run. */
export function execSource(plugin: ExecPlugin, around: ExecSurroundings): Rotating<ExecCredential> {
  const meter = around.metrics && execMetrics(around.metrics, around.signal);
  const source = new Rotating(
    async () => {
      const file = await findCommand(plugin.command, around);
      if (file === undefined) {
        meter?.called("plugin_not_found_error", 1);
        throw notFound(plugin);
      }
      await checkPolicy(around.policy, plugin.command, file, around);
      const interactive = isInteractive(plugin, around.isTerminal ?? (() => isatty(0)));
      const ca = plugin.provideClusterInfo ? await around.ca() : undefined;
      const output = await runPlugin({
        file,
        command: plugin.command,
        args: plugin.args.map((text) => text.reveal()),
        env: {
          ...around.env,
          ...Object.fromEntries(plugin.env.map(({ name, value }) => [name, value.reveal()])),
          KUBERNETES_EXEC_INFO: execInfo(plugin, around.cluster, ca, interactive),
        },
        interactive,
        timeoutMs: around.timeoutMs ?? (interactive ? interactiveTimeoutMs : timeoutMs),
        signal: around.signal,
        onEnd: meter?.called,
      });
      const credential = await readExecCredential(output, plugin);
      meter?.brought(credential.value.cert);
      return credential;
    },
    { equal },
  );
  return shownAs(source, "CredentialSource", () => ({ kind: "exec", command: plugin.command }));
}

function equal(one: ExecCredential, other: ExecCredential): boolean {
  const same = (a: ExecCredential["token"], b: ExecCredential["token"]): boolean =>
    a === undefined ? b === undefined : a.equals(b);
  return same(one.token, other.token) && one.cert === other.cert && same(one.key, other.key);
}

function isInteractive({ interactiveMode, command }: ExecPlugin, isTerminal: () => boolean): boolean {
  if (interactiveMode === "Never") return false;
  if (isTerminal()) return true;
  if (interactiveMode === "IfAvailable") return false;
  throw new AuthError(
    `Plugin not started: ${command} wants to ask a person (interactiveMode: Always), but standard input is not a terminal`,
  );
}

function notFound({ command, installHint }: ExecPlugin): AuthError {
  const hint = installHint === undefined ? "install it, or correct command in the kubeconfig" : printable(installHint);
  return new AuthError(`Plugin not found: there is no credential plugin ${command}; ${hint}`);
}

/** A text of the kubeconfig for the terminal: what is not to be seen, escape sequences above all, becomes U+XXXX, as in client-go. */
function printable(text: string): string {
  return text.trim().replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\t\n\r]/gu, (character) => {
    return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}
