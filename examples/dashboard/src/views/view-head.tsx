import type { ComponentChildren, JSX } from "preact";

interface ViewHeadProps {
  readonly title: string;
  /** Whether what it says beside the title is known already. */
  readonly known?: boolean;
  /** What is searched for: what is found is then read out. */
  readonly search?: string;
  readonly children?: ComponentChildren;
}

/** A view's title and how much there is. */
export function ViewHead({ title, known = true, search = "", children }: ViewHeadProps): JSX.Element {
  return (
    <div class="view-head">
      <h1>{title}</h1>
      <p class="view-note" role={search === "" ? undefined : "status"}>
        {known && children}
      </p>
    </div>
  );
}
