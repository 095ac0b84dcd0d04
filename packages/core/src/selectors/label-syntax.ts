// The rules of label keys and values: k8s.io/apimachinery pkg/api/validate/content/kube.go and dns.go. Lengths are checked
// before anything else, so every check takes bounded time.

const nameRule = "at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends";
const prefixRule = "at most 253 lower-case letters, digits, '-' and '.', as a DNS name";

function isName(text: string): boolean {
  return text.length <= 63 && /^[\w.-]+$/.test(text) && /^[^\W_]/.test(text) && /[^\W_]$/.test(text);
}

function isDnsSubdomain(text: string): boolean {
  return (
    text.length <= 253 &&
    text.split(".").every((part) => /^[a-z\d-]+$/.test(part) && !part.startsWith("-") && !part.endsWith("-"))
  );
}

/** What is wrong with a label's key, or undefined if nothing is. */
export function labelKeyProblem(key: string): string | undefined {
  const slash = key.indexOf("/");
  if (slash >= 0 && !isDnsSubdomain(key.slice(0, slash)))
    return `the part of a label key before '/' must be ${prefixRule}`;
  if (!isName(key.slice(slash + 1))) return `a label key must be ${nameRule}, perhaps after a DNS name and one '/'`;
  return undefined;
}

/** What is wrong with a label's value, or undefined if nothing is. */
export function labelValueProblem(value: string): string | undefined {
  return value === "" || isName(value) ? undefined : `a label value must be empty, or ${nameRule}`;
}
