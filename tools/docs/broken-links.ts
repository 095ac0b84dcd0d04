import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The links of a built site that lead to no file, or to no place in one; as `page: link`. */
export function brokenLinks(site: string): readonly string[] {
  const ids = new Map<string, ReadonlySet<string>>();
  const idsOf = (file: string): ReadonlySet<string> => {
    let found = ids.get(file);
    if (found === undefined) {
      found = new Set([...readFileSync(file, "utf8").matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, id = ""]) => id));
      ids.set(file, found);
    }
    return found;
  };
  const broken = new Set<string>();
  for (const page of globSync("**/*.html", { cwd: site })) {
    for (const [, link = ""] of readFileSync(join(site, page), "utf8").matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path = "", place = ""] = link.split("#").map(decodeURIComponent);
      const file = path === "" ? join(site, page) : join(site, dirname(page), path);
      const lost = path.startsWith("/") || !existsSync(file);
      if (lost || (place !== "" && file.endsWith(".html") && !idsOf(file).has(place))) broken.add(`${page}: ${link}`);
    }
  }
  return [...broken].toSorted();
}
