import type { JSX } from "preact";
import { Icon } from "./icon.tsx";
import { hrefOf, type Route, views } from "./route.ts";

/** The views, at the left; below where there is little room. */
export function Navigation({ route }: { readonly route: Route }): JSX.Element {
  return (
    <nav class="navigation" aria-label="Views">
      <ul>
        {views.map((view) => (
          <li key={view}>
            <a
              href={hrefOf({ ...route, view, search: "", open: undefined, tab: undefined })}
              aria-current={view === route.view ? "page" : undefined}
            >
              <Icon name={view} />
              <span>{view.slice(0, 1).toUpperCase() + view.slice(1)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
