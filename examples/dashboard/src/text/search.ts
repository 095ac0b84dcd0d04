/** Whether a text has all words of a search, in any order; upper and lower case are the same. */
export function searcher(search: string): (text: string) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => words.every((word) => text.includes(word));
}

/** What a search looks through, once for each object. */
export function searchText(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join("\n").toLowerCase();
}

/** Labels as they are searched for: `app=web`. */
export function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(labels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}
