// Forms that texts have to have, with what the server says of others: k8s.io/apimachinery pkg/util/validation/validation.go and
// pkg/api/validate/content. Each function gives what is wrong with a text: nothing, or some sentences.

interface Form {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly says: string;
}

const labelPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  says: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};
const searchDomain: Form = {
  pattern: /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  says: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')",
};
const serviceLabel: Form = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  says: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
};
const wildcard: Form = {
  pattern: /^\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  says: "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};
const configKey: Form = {
  pattern: /^[-._a-zA-Z0-9]+$/,
  longest: 253,
  says: "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
};
const labelValue: Form = {
  pattern: /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  longest: 63,
  says: "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
};
const labelSays =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const qualifiedSays =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** The newer half of these rules counts bytes in what it says, the older one characters; both mean bytes. */
type Unit = "bytes" | "characters";

function wrong(value: string, { pattern, longest, says }: Form, unit: Unit): readonly string[] {
  return [...tooLong(value, longest, unit), ...(pattern.test(value) ? [] : [says])];
}

function tooLong(value: string, longest: number, unit: Unit): readonly string[] {
  const { length } = new TextEncoder().encode(value);
  return length > longest ? [`must be no more than ${longest} ${unit}`] : [];
}

/** IsDNS1123Label */
export function wrongDnsLabel(value: string): readonly string[] {
  const long = tooLong(value, 63, "characters");
  if (labelPattern.test(value)) return long;
  return [...long, subdomain.pattern.test(value) ? "must not contain dots" : labelSays];
}

/** IsDNS1123Subdomain */
export function wrongDnsSubdomain(value: string): readonly string[] {
  return wrong(value, subdomain, "characters");
}

/** The newer rule for the same, LongName of pkg/api/validate */
export function wrongLongName(value: string): readonly string[] {
  return wrong(value, subdomain, "bytes");
}

/** IsDNS1123SubdomainWithUnderscore */
export function wrongSearchDomain(value: string): readonly string[] {
  return wrong(value, searchDomain, "characters");
}

/** IsDNS1035Label */
export function wrongServiceLabel(value: string): readonly string[] {
  return wrong(value, serviceLabel, "characters");
}

/** IsWildcardDNS1123Subdomain */
export function wrongWildcardDomain(value: string): readonly string[] {
  return wrong(value, wildcard, "characters");
}

/** IsPathSegmentName: what no name may be or hold, for it stands in paths. */
export function wrongPathSegmentName(value: string): readonly string[] {
  return value === "." || value === ".." ? [`may not be '${value}'`] : wrongPathSegmentPrefix(value);
}

/** IsPathSegmentPrefix: likewise, with more to come behind it. */
export function wrongPathSegmentPrefix(value: string): readonly string[] {
  return ["/", "%"].filter((part) => value.includes(part)).map((part) => `may not contain '${part}'`);
}

/** IsConfigMapKey */
export function wrongConfigKey(value: string): readonly string[] {
  return [...wrong(value, configKey, "characters"), ...leavingFolder(value)];
}

function leavingFolder(value: string): readonly string[] {
  if (value === "." || value === "..") return [`must not be '${value}'`];
  return value.startsWith("..") ? ["must not start with '..'"] : [];
}

/** IsRelaxedEnvVarName */
export function wrongEnvName(value: string): readonly string[] {
  if (value === "") return ["environment variable name must be non-empty"];
  if (/^[\x20-\x3c\x3e-\x7e]*$/.test(value)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** IsHTTPHeaderName */
export function wrongHeaderName(value: string): readonly string[] {
  if (/^[-A-Za-z0-9]+$/.test(value)) return [];
  return [
    "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
  ];
}

/** IsValidPortName */
export function wrongPortName(value: string): readonly string[] {
  return [
    ...tooLong(value, 15, "characters"),
    ...(/^[-a-z0-9]+$/.test(value) ? [] : ["must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"]),
    ...(/[a-z]/.test(value) ? [] : ["must contain at least one letter (a-z)"]),
    ...(value.includes("--") ? ["must not contain consecutive hyphens"] : []),
    ...(/^-|-$/.test(value) ? ["must not begin or end with a hyphen"] : []),
  ];
}

/** IsInRange */
export function outOfRange(value: number, least: number, most: number): readonly string[] {
  return value >= least && value <= most ? [] : [`must be between ${least} and ${most}, inclusive`];
}

/** IsValidPortNum */
export function wrongPortNumber(value: number): readonly string[] {
  return outOfRange(value, 1, 65_535);
}

/** IsLabelKey: the key of a label or annotation, or a finalizer. */
export function wrongQualifiedName(value: string): readonly string[] {
  const parts = value.split("/");
  if (parts.length > 2) {
    return [
      `a valid label key ${qualifiedSays} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? "";
  const [prefix] = parts.length === 2 ? parts : [];
  const problems: string[] = [];
  if (prefix === "") problems.push("prefix part must be non-empty");
  else if (prefix !== undefined)
    problems.push(...wrong(prefix, subdomain, "bytes").map((text) => `prefix part ${text}`));
  if (name === "") problems.push("name part must be non-empty");
  else problems.push(...tooLong(name, 63, "bytes").map((text) => `name part ${text}`));
  if (!/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name)) problems.push(`name part ${qualifiedSays}`);
  return problems;
}

/** IsLabelValue */
export function wrongLabelValue(value: string): readonly string[] {
  return wrong(value, labelValue, "bytes");
}
