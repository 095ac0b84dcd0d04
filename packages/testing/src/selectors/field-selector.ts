import { badRequest } from "../exchange/refusal.ts";

/** One term of a field selector: `spec.nodeName=a`, or with `!=`. */
export interface FieldTerm {
  readonly field: string;
  readonly value: string;
  readonly negated: boolean;
}

/** Reads a field selector (k8s.io/apimachinery pkg/fields/selector.go). @throws Refusal */
export function parseFieldSelector(text: string): readonly FieldTerm[] {
  return splitTerms(text)
    .filter((part) => part !== "")
    .map((part) => {
      const operator = /^(?:[^\\=!]|\\.)*?(!=|==|=)/s.exec(part)?.[1];
      if (operator === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
      const at = operatorAt(part);
      return {
        field: part.slice(0, at),
        value: unescapeValue(part.slice(at + operator.length), text),
        negated: operator === "!=",
      };
    });
}

function operatorAt(part: string): number {
  for (let i = 0; i < part.length; i++) {
    if (part[i] === "\\") i++;
    else if (part[i] === "=" || part.startsWith("!=", i)) return i;
  }
  return part.length;
}

/** At commas that no backslash stands before. */
function splitTerms(text: string): readonly string[] {
  return text.match(/(?:[^\\,]|\\.?)+/gs) ?? [];
}

function unescapeValue(value: string, selector: string): string {
  if (/^(?:[^\\,=]|\\[\\,=])*$/s.test(value)) return value.replaceAll(/\\(.)/gs, "$1");
  const wrong = /\\(?![\\,=])(.?)/s.exec(value);
  if (wrong !== null) throw badRequest(`invalid field selector: invalid escape sequence: \\${wrong[1] ?? ""}`);
  throw badRequest(`invalid field selector: unescaped character in field selector value: ${selector.slice(0, 0)}=`);
}
