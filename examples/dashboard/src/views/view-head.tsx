import type { ComponentChildren, JSX } from "preact";

/** A view's title and how much there is. */
export function ViewHead({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="view-head">
      <h1>{title}</h1>
      <p class="view-note">{children}</p>
    </div>
  );
}
