import type { JSX } from "preact";

/** A line of YAML, with its key and its kind of value set off. */
export function YamlLine({ text }: { readonly text: string }): JSX.Element {
  const [, indent = "", key = "", rest = text] =
    /^(\s*(?:- )*)((?:"[^"]*"|[\w./@%+-]+):)?(?=\s|$)(.*)$/.exec(text) ?? [];
  return (
    <span class="yaml-line">
      {indent}
      {key !== "" && <span class="yaml-key">{key}</span>}
      <span class={classOf(rest.trim())}>{rest}</span>
      {"\n"}
    </span>
  );
}

function classOf(value: string): string | undefined {
  if (value === "") return undefined;
  if (/^-?\d+(\.\d+)?$/.test(value)) return "yaml-number";
  if (/^(true|false|null|\{\}|\[\])$/.test(value)) return "yaml-word";
  return "yaml-text";
}
