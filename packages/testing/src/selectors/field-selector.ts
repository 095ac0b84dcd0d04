import { badRequest } from "../exchange/refusal.ts";

/** One term of a field selector: `spec.nodeName=a`, or with `!=`. */
export interface FieldTerm {
  readonly field: string;
  readonly value: string;
  readonly negated: boolean;
}

/** Reads a field selector, whose terms it sorts (k8s.io/apimachinery pkg/fields/selector.go). @throws Refusal */
export function parseFieldSelector(text: string): readonly FieldTerm[] {
  return splitTerms(text)
    .filter((term) => term !== "")
    .toSorted()
    .map((term) => {
      const [, field, operator, value] = /^(.*?)(!=|==|=)(.*)$/s.exec(term) ?? [];
      if (field === undefined || value === undefined)
        throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
      return { field, value: unescapeValue(value), negated: operator === "!=" };
    });
}

/** At commas that no backslash stands before. */
function splitTerms(text: string): readonly string[] {
  return text.match(/(?:[^\\,]|\\.?)+/gs) ?? [];
}

function unescapeValue(value: string): string {
  return value.replaceAll(/\\(.?)|[,=]/gsu, (found, escaped: string | undefined) => {
    if (escaped === undefined)
      throw badRequest(`invalid field selector: unescaped character in value: ${found.codePointAt(0)}`);
    if (!["\\", ",", "="].includes(escaped))
      throw badRequest(`invalid field selector: invalid escape sequence: ${found}`);
    return escaped;
  });
}
