/** The path with names in place of values, so that spans of one kind of call share a name. */
export function urlTemplate(path: string): string {
  const segments = path.split("/");
  // "", "api", version, … or "", "apis", group, version, …
  const start = segments[1] === "api" ? 3 : segments[1] === "apis" ? 4 : undefined;
  if (start === undefined) return path;
  let at = start;
  if (segments[at] === "namespaces" && segments.length > at + 2 && !namespaceOwn.has(segments[at + 2] ?? "")) {
    segments[at + 1] = "{namespace}";
    at += 2;
  }
  if (segments.length > at + 1) segments[at + 1] = segments[at] === "namespaces" ? "{namespace}" : "{name}";
  // What follows a proxy is another server's path.
  const proxied = segments.indexOf("proxy", at + 2);
  return (proxied === -1 ? segments : [...segments.slice(0, proxied + 1), "{path}"]).join("/");
}

// The subresources of a namespace itself.
const namespaceOwn: ReadonlySet<string> = new Set(["status", "finalize"]);
