import type { PodsWithFiles } from "@kubewright/copy";
import type { ExecOptions, ExecPromise } from "@kubewright/core";

/** The pods, with another `exec`. */
export function playing(pods: PodsWithFiles, exec: (name: string, options: ExecOptions) => ExecPromise): PodsWithFiles {
  return { ...pods, exec, get: (name, options) => pods.get(name, options) };
}

/**
 * The pods, in which commands find programs in these folders first: the test's node looks programs up by its own PATH, whatever a
 * container's says.
 */
export function podsWithPath(pods: PodsWithFiles, path: string): PodsWithFiles {
  return playing(pods, (name, { command, ...options }) =>
    pods.exec(name, { command: ["/usr/bin/env", `PATH=${path}`, ...command], ...options }),
  );
}
