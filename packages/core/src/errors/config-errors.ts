import { KubeError } from "./kube-error.ts";

/** Configuration that cannot be used: a kubeconfig entry, a pod's service account, an option of `connect()`. The message names the place and the fix. */
export class ConfigError extends KubeError {
  override readonly name = "ConfigError";
}

/** Credentials could not be obtained: an unreadable token file, a failing credential plugin. Never holds the credential. */
export class AuthError extends KubeError {
  override readonly name = "AuthError";
}
