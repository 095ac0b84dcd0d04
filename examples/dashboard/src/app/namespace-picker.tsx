import { isForbidden } from "@kubewright/core";
import type { JSX } from "preact";
import { namespaces } from "../live/collections.ts";
import { go } from "./navigate.ts";
import type { Route } from "./route.ts";

/** Chooses one namespace or all. Whoever may not list them writes the name. */
export function NamespacePicker({ route }: { readonly route: Route }): JSX.Element {
  const { items, error } = namespaces.use(undefined);
  const choose = (namespace: string): void =>
    go({ namespace: namespace || undefined, open: undefined, tab: undefined });
  const { namespace = "" } = route;
  if (isForbidden(error) && items.length === 0)
    return (
      <label class="picker">
        <span>Namespace</span>
        <input
          value={namespace}
          placeholder="all"
          onChange={({ currentTarget }) => choose(currentTarget.value.trim())}
        />
      </label>
    );
  const names = items.map(({ metadata }) => metadata.name);
  return (
    <label class="picker">
      <span>Namespace</span>
      <select value={namespace} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">All</option>
        {/* One that is gone, or not read yet, is still what is shown. */}
        {namespace !== "" && !names.includes(namespace) && <option value={namespace}>{namespace}</option>}
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
