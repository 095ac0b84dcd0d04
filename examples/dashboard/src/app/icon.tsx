import type { JSX } from "preact";

const paths = {
  overview: "M3 13h6V3H3zM11 17h6V9h-6zM3 17h6v-2H3zM11 7h6V3h-6z",
  workloads: "M10 2l7 4-7 4-7-4zM3 10l7 4 7-4M3 14l7 4 7-4",
  pods: "M10 2l7 4v8l-7 4-7-4V6zM10 10v8M10 10l7-4M10 10L3 6",
  events: "M11 2L4 11h5l-1 7 8-10h-5z",
  nodes: "M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.01M6 13.5h.01",
  namespaces: "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z",
  search: "M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3zM13.5 13.5L17 17",
  close: "M5 5l10 10M15 5L5 15",
  copy: "M7 7h9v9H7zM4 13V4h9",
  trash: "M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11",
  scale: "M3 17V9M8 17V5M13 17v-6M17 4l0 6M14 7h6",
  down: "M10 3v12M5 10l5 5 5-5",
  sun: "M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 1v2M10 17v2M1 10h2M17 10h2M3.6 3.6L5 5M15 15l1.4 1.4M3.6 16.4L5 15M15 5l1.4-1.4",
  moon: "M16 12.5A7 7 0 0 1 7.5 4 7 7 0 1 0 16 12.5z",
  system: "M3 4h14v9H3zM7 17h6M10 13v4",
} as const;

/** The names of the icons. */
export type IconName = keyof typeof paths;

/** A picture beside words that say the same. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
