import type { JSX } from "preact";

interface NamedProps {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** A name, behind its namespace where several are shown. */
export function Named({ name, namespace }: NamedProps): JSX.Element {
  return (
    <span class="named">
      {namespace !== undefined && <span class="of">{namespace}/</span>}
      {name}
    </span>
  );
}
