import type { JSX } from "preact";
import type { ContainerState } from "./pod-state.ts";
import type { State } from "./mood.ts";

/** A state: its shape and colour, and its words. */
export function Badge({ state }: { readonly state: State }): JSX.Element {
  return (
    <span class={`badge ${state.mood}`}>
      <i class="shape" aria-hidden="true" />
      <span class="badge-text">{state.text}</span>
    </span>
  );
}

/** A cell for each container. */
export function ContainerCells({ states }: { readonly states: readonly ContainerState[] }): JSX.Element {
  const ready = states.filter(({ mood }) => mood === "good").length;
  return (
    <span class="cells" title={states.map(({ name, text }) => `${name}: ${text}`).join("\n")}>
      <span class="cells-row" aria-hidden="true">
        {states.map(({ name, mood }) => (
          <i key={name} class={mood} />
        ))}
      </span>
      <span class="count">
        {ready}
        <span aria-hidden="true">/</span>
        <span class="unseen"> of </span>
        {states.length}
      </span>
    </span>
  );
}

/** How many of the wanted are ready: a bar, and the numbers. */
export function ReadyBar({ ready, wanted }: { readonly ready: number; readonly wanted: number }): JSX.Element {
  const share = wanted === 0 ? 1 : Math.min(1, ready / wanted);
  return (
    <span class="cells">
      <span class="bar" aria-hidden="true">
        <i class={share === 1 ? "good" : share === 0 ? "bad" : "busy"} style={{ width: `${share * 100}%` }} />
      </span>
      <span class="count">
        {ready}
        <span aria-hidden="true">/</span>
        <span class="unseen"> of </span>
        {wanted}
      </span>
    </span>
  );
}
