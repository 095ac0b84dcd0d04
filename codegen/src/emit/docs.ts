const width = 120;

/**
 * A documentation comment with a line end, or nothing for empty text. Paragraphs and lists keep their line ends. `deprecated` says
 * why it should not be used any more.
 */
export function docComment(text: string, indent = "", deprecated?: string): string {
  // Within a comment its end has a meaning, and so has a word behind `@`.
  const safe = text.replaceAll("*/", "*\\/").trim();
  const tag =
    deprecated === undefined ? [] : [`@deprecated ${deprecated.replaceAll("*/", "*\\/").replace(/\s+/g, " ")}`.trim()];
  if (safe === "" && tag.length === 0) return "";
  const single = `${indent}/** ${[...(safe === "" ? [] : [withoutTags(safe)]), ...tag].join("")} */`;
  const isSingle = (safe === "") !== (tag.length === 0) && !safe.includes("\n");
  if (isSingle && single.length <= width) return `${single}\n`;
  const columns = width - indent.length - 3;
  const lines =
    safe === ""
      ? []
      : safe
          .split(/\r?\n/)
          .flatMap((line) => wrap(line.trimEnd(), columns))
          .map(withoutTags);
  if (lines.length > 0 && tag.length > 0) lines.push("");
  lines.push(...tag);
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
}

/** `@word` would begin a tag, at the start of a line and behind a space, but not in code within the line. Editors show `\\@` as `@`. */
function withoutTags(line: string): string {
  const parts = line.split("`");
  return parts
    .map((part, index) => {
      const isCode = index % 2 === 1 && index < parts.length - 1;
      return isCode ? part : part.replace(index === 0 ? /(^|\s)@/g : /(\s)@/g, "$1\\@");
    })
    .join("`");
}

function wrap(line: string, columns: number): string[] {
  const indent = /^\s*(?:[-*] )?/.exec(line)![0].replace(/[^\s]/g, " ");
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    let at = rest.lastIndexOf(" ", columns);
    if (at <= indent.length) at = rest.indexOf(" ", columns);
    if (at === -1) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at + 1).trimStart();
  }
  lines.push(rest);
  return lines;
}
