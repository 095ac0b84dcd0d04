import type { JSX } from "preact";

interface NamedProps {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** A name, behind its namespace where several are shown. */
export function Named({ name, namespace }: NamedProps): JSX.Element {
  return (
    <span>
      {namespace !== undefined && <span class="of">{namespace}/</span>}
      {name}
    </span>
  );
}

/** What tells names of the same beginning apart. */
const tail = 6;

/** The same in a column: where there is too little room, its middle is left out. Screen readers would hear two words. */
export function CutName({ name, namespace }: NamedProps): JSX.Element {
  const cut = name.length > 2 * tail ? name.length - tail : name.length;
  return (
    <span class="cut-name" title={nameText({ name, namespace })}>
      <span class="head">
        <Named name={name.slice(0, cut)} namespace={namespace} />
      </span>
      <span>{name.slice(cut)}</span>
    </span>
  );
}

/** `shop/web-0`, or the name alone. */
export function nameText({ name, namespace }: NamedProps): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
