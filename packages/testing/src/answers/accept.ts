/** One range of an Accept header. */
export interface AcceptClause {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The ranges of an Accept header, the most wanted first (github.com/munnerz/goautoneg). What is no range is passed over. */
export function parseAccept(header: string): readonly AcceptClause[] {
  const clauses: (AcceptClause & { readonly quality: number })[] = [];
  for (const part of header.split(",")) {
    const [range = "", ...rest] = part.split(";");
    const [type = "", subtype = type === "*" ? "*" : "", ...more] = range.split("/").map(trimmed);
    if (subtype === "" || more.length > 0) continue;
    const parameters = new Map(rest.flatMap(parameter));
    const quality = Number.parseFloat(parameters.get("q") ?? "1") || 0;
    parameters.delete("q");
    clauses.push({ type, subtype, parameters, quality });
  }
  // An insertion sort, as Go's for so few: which of two comes first does not follow from a third.
  for (let i = 1; i < clauses.length; i++)
    for (let j = i; j > 0 && isBefore(clauses[j]!, clauses[j - 1]!); j--)
      [clauses[j], clauses[j - 1]] = [clauses[j - 1]!, clauses[j]!];
  return clauses;
}

function isBefore(a: AcceptClause & { quality: number }, b: AcceptClause & { quality: number }): boolean {
  return a.quality > b.quality || (a.type !== "*" && b.type === "*") || (a.subtype !== "*" && b.subtype === "*");
}

function parameter(text: string): readonly (readonly [string, string])[] {
  const [key = "", value = "", ...more] = text.split("=");
  return value === "" || more.length > 0 ? [] : [[trimmed(key), trimmed(value)]];
}

function trimmed(text: string): string {
  return text.replaceAll(/^ +| +$/g, "");
}
