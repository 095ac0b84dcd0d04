import { apiVersionOf } from "../knowledge/api-version.ts";
import { isFormerVersion } from "../knowledge/former-versions.ts";
import { typeOf } from "../knowledge/types.ts";

/** A kind as a body should have it. */
export interface ExpectedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What an object says of its kind. */
export interface FoundKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Why it is not what is expected. */
  readonly problem: string | undefined;
  /** The expected kind in another version. */
  readonly isOtherVersion: boolean;
}

/** Holds what an object says of its kind, which may be nothing, against what is expected. */
export function foundKind(value: unknown, expected: ExpectedKind): FoundKind {
  const said = (value ?? {}) as { readonly apiVersion?: string | null; readonly kind?: string | null };
  const wanted = apiVersionOf(expected);
  // `apps/` has the version that is expected.
  const apiVersion = said.apiVersion && `${said.apiVersion}${expected.version}` !== wanted ? said.apiVersion : wanted;
  const kind = said.kind || expected.kind;
  const isOtherVersion =
    kind === expected.kind &&
    apiVersion !== wanted &&
    (isFormerVersion(apiVersion, kind) ||
      (isSameGroup(apiVersion, expected) && typeOf(apiVersion, kind) !== undefined));
  const isRight = kind === expected.kind && (apiVersion === wanted || isOtherVersion);
  return { apiVersion, kind, problem: isRight ? undefined : problemOf(apiVersion, kind, expected), isOtherVersion };
}

function problemOf(apiVersion: string, kind: string, expected: ExpectedKind): string {
  const type = typeOf(apiVersion, kind);
  if (type !== undefined)
    return `converting (${type.name}) to (${internalPackage(expected.group)}.${expected.kind}): unknown conversion`;
  return `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`;
}

/** Events of both groups are the same objects. */
function isSameGroup(apiVersion: string, { group, kind }: ExpectedKind): boolean {
  return kind === "Event" || (apiVersion.includes("/") ? apiVersion.split("/")[0] : "") === group;
}

/** Go's package of a group's types without version. */
function internalPackage(group: string): string {
  if (group === "") return "core";
  return group === "internal.apiserver.k8s.io" ? "apiserverinternal" : group.split(".")[0]!;
}
