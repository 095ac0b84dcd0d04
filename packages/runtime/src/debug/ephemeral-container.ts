import { InputError } from "@kubewright/core";
import type { DebugOptions } from "./debug-options.ts";

/** What the container may do. */
export type DebugProfile = "general" | "baseline" | "restricted" | "netadmin" | "sysadmin";

/** The security context of each, as kubectl 1.36 writes it. https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#debugging-profiles */
export const profiles: Readonly<Record<DebugProfile, object | undefined>> = {
  general: { capabilities: { add: ["SYS_PTRACE"] } },
  baseline: undefined,
  restricted: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  },
  netadmin: { capabilities: { add: ["NET_ADMIN", "NET_RAW"] } },
  sysadmin: { privileged: true },
};

/** The container as kubectl writes it, but for `stdinOnce`: with it the end of the input reaches what has no terminal. */
export function ephemeralContainer(name: string, options: DebugOptions): object {
  const { image, target, command, env, profile = "general", stdin, tty } = options;
  const variables = Object.entries(env ?? {}).map(([key, value]) => ({ name: key, value }));
  const context = profiles[profile];
  return {
    name,
    image,
    terminationMessagePolicy: "File",
    ...(command === undefined ? {} : { command }),
    ...(variables.length === 0 ? {} : { env: variables }),
    ...(stdin === undefined ? {} : { stdin: true }),
    ...(stdin === undefined || tty !== undefined ? {} : { stdinOnce: true }),
    ...(tty === undefined ? {} : { tty: true }),
    ...(target === undefined ? {} : { targetContainerName: target }),
    ...(context === undefined ? {} : { securityContext: context }),
  };
}

// As the server makes names: no vowels, and nothing that looks like another.
const letters = "bcdfghjklmnpqrstvwxz2456789";

/** A name that none of the pod's containers has. @throws InputError when the given one is taken */
export function nameFor(given: string | undefined, taken: readonly string[], random: () => number): string {
  if (given !== undefined) {
    if (!taken.includes(given)) return given;
    throw new InputError(
      "name",
      `the pod has a container ${given} already, and none can be removed; choose another name`,
    );
  }
  for (;;) {
    let name = "debugger-";
    for (let index = 0; index < 5; index++) name += letters[Math.floor(random() * letters.length)];
    if (!taken.includes(name)) return name;
  }
}
