import type { JSX } from "preact";
import type { PodItem } from "../live/collections.ts";
import { Badge } from "../status/badge.tsx";
import { containerStates } from "../status/pod-state.ts";
import type { AnyObject } from "./followed.ts";

interface PodParts {
  readonly spec?: { readonly containers?: readonly { readonly name: string; readonly image?: string }[] };
  readonly status?: {
    readonly containerStatuses?: readonly { readonly name: string; readonly restartCount?: number }[];
  };
}

/** The containers of a pod. */
export function Containers({ pod }: { readonly pod: AnyObject }): JSX.Element {
  const { spec, status } = pod as PodParts;
  return (
    <section>
      <h3>Containers</h3>
      <ul class="lines">
        {containerStates(pod as unknown as PodItem).map((state) => {
          const { image } = spec?.containers?.find(({ name }) => name === state.name) ?? {};
          const restarts = status?.containerStatuses?.find(({ name }) => name === state.name)?.restartCount ?? 0;
          return (
            <li key={state.name}>
              <strong>{state.name}</strong> <Badge state={state} />
              {restarts > 0 && <span class="quiet end">restarted {restarts} times</span>}
              <p class="quiet break">{image}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
