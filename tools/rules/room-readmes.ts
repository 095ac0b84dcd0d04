import type { Rule } from "./repo.ts";

/** Each room says in a few lines what lives there and what may not. */
export const roomReadmes: Rule = {
  name: "room READMEs",
  check(repo) {
    const rooms = new Set<string>();
    for (const path of repo.paths) {
      const parts = path.split("/");
      const depth = parts[0] === "packages" || (parts[0] === "test" && parts.length > 2) ? 2 : 1;
      // Documents need no document about them.
      if (parts.length > depth && !path.startsWith(".") && parts[0] !== "docs")
        rooms.add(parts.slice(0, depth).join("/"));
    }
    const problems: string[] = [];
    for (const room of [...rooms].toSorted()) {
      const readme = `${room}/README.md`;
      if (!repo.paths.includes(readme) || repo.text(readme).trim() === "")
        problems.push(`${readme} is missing or empty`);
    }
    return problems;
  },
};
