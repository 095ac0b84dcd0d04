import type { Causes } from "../causes.ts";
import { wrongForm } from "../checks.ts";
import type { Fields } from "../fields.ts";
import { wrongDnsSubdomain } from "../forms.ts";

const mostSpecKibibytes = 64;

/** What is particular to containers on Windows (validateWindowsSecurityContextOptions). */
export function* wrongWindowsOptions(options: Fields | undefined, at: string): Causes {
  const { gmsaCredentialSpecName: specName, gmsaCredentialSpec: spec, runAsUserName: user } = options ?? {};
  if (typeof specName === "string") yield* wrongForm(`${at}.gmsaCredentialSpecName`, specName, wrongDnsSubdomain);
  if (typeof spec === "string") yield* wrongForm(`${at}.gmsaCredentialSpec`, spec, wrongCredentialSpec);
  if (typeof user === "string") yield* wrongForm(`${at}.runAsUserName`, user, wrongUserName);
}

function wrongCredentialSpec(spec: string): readonly string[] {
  if (spec === "") return ["gmsaCredentialSpec cannot be an empty string"];
  if (spec.length <= mostSpecKibibytes * 1024) return [];
  return [`gmsaCredentialSpec size must be under ${mostSpecKibibytes} KiB`];
}

const netBiosDomain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsDomain = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

function wrongUserName(name: string): readonly string[] {
  if (name === "") return ["runAsUserName cannot be an empty string"];
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(name)) return ["runAsUserName cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return ["runAsUserName cannot contain more than one backslash"];
  const user = parts.at(-1) ?? "";
  const domain = parts.length === 2 ? parts[0] : undefined;
  return [...(domain === undefined ? [] : wrongDomain(domain)), ...wrongUser(user)];
}

function wrongDomain(domain: string): readonly string[] {
  return [
    ...(domain.length >= 256 ? ["runAsUserName's Domain length must be under 256 characters"] : []),
    ...(netBiosDomain.test(domain) || dnsDomain.test(domain)
      ? []
      : ["runAsUserName's Domain doesn't match the NetBios nor the DNS format"]),
  ];
}

function wrongUser(user: string): readonly string[] {
  const problems: string[] = [];
  if (user === "") problems.push("runAsUserName's User cannot be empty");
  else if (user.length > 104) problems.push("runAsUserName's User length must not be longer than 104 characters");
  if (/^[. ]+$/.test(user)) problems.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    problems.push(`runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`);
  return problems;
}
