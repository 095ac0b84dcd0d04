/** The views, in the order of the navigation. */
export const views = ["overview", "workloads", "pods", "events", "nodes", "namespaces"] as const;

export type View = (typeof views)[number];

/** Which object is open, by the plural of its resource. */
export interface Opened {
  readonly plural: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What the page shows; all of it stands in the address, so that it can be kept and sent. */
export interface Route {
  readonly view: View;
  /** Undefined for all namespaces. */
  readonly namespace: string | undefined;
  readonly search: string;
  readonly open: Opened | undefined;
  /** Which side of the open object. */
  readonly tab: string | undefined;
}

/** Reads `#/pods?ns=shop&q=web&open=pods/shop/web-0&tab=logs`; whatever it cannot read is left out. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const parameters = new URLSearchParams(query);
  return {
    view: views.find((view) => view === path) ?? "overview",
    namespace: parameters.get("ns") || undefined,
    search: parameters.get("q") ?? "",
    open: parseOpened(parameters.get("open")),
    tab: parameters.get("tab") ?? undefined,
  };
}

function parseOpened(text: string | null): Opened | undefined {
  const [plural, namespace, name] = (text ?? "").split("/");
  if (!plural || !name) return undefined;
  return { plural, namespace: namespace || undefined, name };
}

/** The address of a route. */
export function hrefOf({ view, namespace, search, open, tab }: Route): string {
  const parameters = new URLSearchParams();
  if (namespace !== undefined) parameters.set("ns", namespace);
  if (search !== "") parameters.set("q", search);
  if (open !== undefined) parameters.set("open", `${open.plural}/${open.namespace ?? ""}/${open.name}`);
  if (open !== undefined && tab !== undefined) parameters.set("tab", tab);
  const query = parameters.toString().replaceAll("%2F", "/");
  return `#/${view}${query && `?${query}`}`;
}

/** Whether this object is the open one. */
export function isOpen(
  { open }: Route,
  plural: string,
  { name, namespace }: { readonly name: string; readonly namespace?: string | undefined },
): boolean {
  return open?.plural === plural && open.name === name && open.namespace === namespace;
}
