import type { ResourceInfo } from "../knowledge/resource-info.ts";

/** A form of texts, with what the server says of one that has another (k8s.io/apimachinery pkg/util/validation). */
interface Form {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly says: string;
}

const label: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  says: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
};
const subdomain: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  says: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};
const qualifiedPart: Form = {
  pattern: /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
  longest: 63,
  says: "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
};
const labelValue: Form = {
  pattern: /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  longest: 63,
  says: "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
};

function wrong(value: string, { pattern, longest, says }: Form): readonly string[] {
  return [
    ...(value.length > longest ? [`must be no more than ${longest} bytes`] : []),
    ...(pattern.test(value) ? [] : [says]),
  ];
}

/** What is wrong with an object's name; of a prefix for generated ones its end does not count. */
export function wrongName(names: ResourceInfo["names"], name: string, isPrefix: boolean): readonly string[] {
  const value = isPrefix && name.endsWith("-") ? `${name.slice(0, -1)}a` : name;
  switch (names) {
    case "label":
      return wrong(value, label);
    case "subdomain":
    case "configKey":
      return wrong(value, subdomain);
    default:
      return wrongPathSegment(value, isPrefix);
  }
}

/** What no name may hold, for it stands in paths (k8s.io/apimachinery pkg/api/validation/path). */
function wrongPathSegment(value: string, isPrefix: boolean): readonly string[] {
  if (!isPrefix && (value === "." || value === "..")) return [`may not be '${value}'`];
  return ["/", "%"].filter((part) => value.includes(part)).map((part) => `may not contain '${part}'`);
}

/** What is wrong with the key of a label or annotation, or with a finalizer. */
export function wrongQualifiedName(value: string): readonly string[] {
  const parts = value.split("/");
  if (parts.length > 2) {
    return [
      `a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? "";
  const [prefix] = parts.length === 2 ? parts : [];
  const problems: string[] = [];
  if (prefix === "") problems.push("prefix part must be non-empty");
  else if (prefix !== undefined) problems.push(...wrong(prefix, subdomain).map((text) => `prefix part ${text}`));
  if (name === "") problems.push("name part must be non-empty");
  else if (name.length > qualifiedPart.longest) problems.push("name part must be no more than 63 bytes");
  if (!qualifiedPart.pattern.test(name)) problems.push(qualifiedPart.says);
  return problems;
}

/** What is wrong with the value of a label. */
export function wrongLabelValue(value: string): readonly string[] {
  return wrong(value, labelValue);
}
