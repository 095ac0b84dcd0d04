import { checkEncoding, headerProblem, InputError, nearest } from "@kubewright/core";
import type { ConnectOptions } from "./connect-options.ts";
import { nameElsewhere } from "./names-elsewhere.ts";
import { isContent, isHeaderToken, isNamespace, proxyUrlProblem } from "./syntax.ts";

type Check = (value: unknown) => string | undefined;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const text: Check = (value) => (isText(value) ? undefined : "it must be text that is not empty");
const flag: Check = (value) => (typeof value === "boolean" ? undefined : "it must be true or false");
const fn: Check = (value) => (typeof value === "function" ? undefined : "it must be a function");
const object: Check = (value) => (typeof value === "object" && value !== null ? undefined : "it must be an object");

const pem =
  (label: string): Check =>
  (value) => {
    const found = value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
    if (typeof found === "string" && found.includes(`-----BEGIN `) && found.includes(label)) return undefined;
    return "it must be PEM, beginning with -----BEGIN; read a file first, decode base64 first";
  };

// One check for each key of ConnectOptions; the type makes it complete.
const checks: Readonly<Record<keyof ConnectOptions, Check>> = {
  kubeconfig: (value) =>
    text(value) ?? (isContent(value as string) ? "it must be a path; pass the text as kubeconfigText" : undefined),
  kubeconfigText: text,
  context: text,
  inCluster: flag,
  namespace: (value) =>
    isNamespace(value)
      ? undefined
      : "it must be a DNS label: at most 63 of a-z, 0-9 and -, beginning and ending with a letter or digit",
  server: text,
  ca: pem("CERTIFICATE-----"),
  tlsServerName: text,
  insecureSkipTlsVerify: flag,
  proxyUrl: (value) => text(value) ?? proxyUrlProblem(value as string),
  token: (value) => {
    if (typeof value === "function") return undefined;
    if (!isText(value)) return "it must be text that is not empty, or a function that brings it";
    return isHeaderToken(value)
      ? undefined
      : "it holds spaces or characters that no header may hold; trim what came from a file";
  },
  cert: pem("CERTIFICATE-----"),
  key: pem("PRIVATE KEY-----"),
  basicAuth: (value) => {
    const { username, password } = (value ?? {}) as { username?: unknown; password?: unknown };
    if (!isText(username) || typeof password !== "string") return "it must be { username, password }";
    return username.includes(":") ? "username must not hold a colon (RFC 7617)" : undefined;
  },
  impersonate: checkImpersonation,
  untrusted: flag,
  execPolicy: checkExecPolicy,
  protocol: (value) => (value === "auto" || value === "http/1.1" ? undefined : 'it must be "auto" or "http/1.1"'),
  maxConnections: (value) =>
    Number.isInteger(value) && (value as number) > 0 ? undefined : "it must be a whole number above 0",
  compression: flag,
  encoding: (value) => {
    checkEncoding(value, "encoding");
    return undefined;
  },
  rateLimit: object,
  metrics: object,
  tracing: flag,
  timeoutMs: (value) =>
    typeof value === "number" && value > 0 ? undefined : "it must be a number of milliseconds above 0",
  // https://kubernetes.io/docs/reference/using-api/server-side-apply/: at most 128 printable characters.
  fieldManager: (value) =>
    isText(value) && /^[\x20-\x7e]{1,128}$/.test(value) ? undefined : "it must be 1 to 128 printable characters",
  userAgent: (value) => {
    const problem = isText(value) ? headerProblem(value) : "must be text that is not empty";
    return problem && `it ${problem}`;
  },
  interceptors: (value) =>
    Array.isArray(value) && value.every((item) => typeof item === "function")
      ? undefined
      : "it must be a list of interceptors",
  onWarning: fn,
  transport: object,
};

/** Refuses unknown keys, wrong types and options that contradict each other, each with an InputError. */
export function checkConnectOptions(options: ConnectOptions): void {
  if (typeof options !== "object" || options === null)
    throw new InputError("options", "connect() takes an object of options");
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, key)) {
      const close = nearest(key, Object.keys(checks));
      const fix = nameElsewhere(key) ?? (close && `did you mean ${close}?`);
      throw new InputError(key, `connect() has no such option${fix === undefined ? "" : `; ${fix}`}`);
    }
    if (value === undefined) continue;
    const problem = checks[key as keyof ConnectOptions](value);
    if (problem !== undefined) throw new InputError(key, problem);
  }
  checkTogether(options);
}

function checkTogether(options: ConnectOptions): void {
  const given = (key: keyof ConnectOptions): boolean => options[key] !== undefined;
  const apart = (one: keyof ConnectOptions, other: keyof ConnectOptions, why: string): void => {
    if (given(one) && given(other)) throw new InputError(one, `it cannot be combined with ${other}: ${why}`);
  };
  apart("kubeconfig", "kubeconfigText", "there can be one kubeconfig only");
  if (options.inCluster === true) {
    for (const key of ["kubeconfig", "kubeconfigText", "context", "server", "transport"] as const)
      apart("inCluster", key, "the pod's service account says which server");
  }
  apart("token", "basicAuth", "both are the Authorization header");
  if (options.insecureSkipTlsVerify === true) {
    apart("insecureSkipTlsVerify", "ca", "a server that is not verified needs no authorities");
  }
  if (given("cert") !== given("key")) {
    throw new InputError(given("cert") ? "key" : "cert", "cert and key belong together; give both");
  }
  for (const key of [
    "ca",
    "cert",
    "tlsServerName",
    "insecureSkipTlsVerify",
    "proxyUrl",
    "protocol",
    "maxConnections",
    "compression",
    "server",
  ] as const) {
    apart(key, "transport", "the transport decides how the server is reached");
  }
}

function checkImpersonation(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return "it must be { user, groups, uid, extra }";
  const known = ["user", "groups", "uid", "extra"];
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) return `it has no field ${unknown}; known are ${known.join(", ")}`;
  const { user, groups = [], uid, extra = {} } = value as Record<string, unknown>;
  if (!isText(user)) return "user must name whom to act as; groups, uid and extra need it";
  if (!isTextList(groups)) return "groups must be a list of texts";
  if (uid !== undefined && !isText(uid)) return "uid must be text that is not empty";
  if (typeof extra !== "object" || extra === null || !Object.values(extra).every(isTextList)) {
    return "extra must be a map of lists of texts";
  }
  return undefined;
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function checkExecPolicy(value: unknown): string | undefined {
  if (value === "AllowAll" || value === "DenyAll") return undefined;
  const { allow } = (typeof value === "object" && value !== null ? value : {}) as { allow?: unknown };
  if (!Array.isArray(allow) || !allow.every(isText))
    return 'it must be "AllowAll", "DenyAll" or { allow: [names or paths] }';
  return allow.length === 0 ? 'allow is empty; write "DenyAll" if no plugin may run' : undefined;
}
