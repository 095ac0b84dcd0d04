const width = 120;

/** A documentation comment with a line end, or nothing for empty text. Paragraphs and lists keep their line ends. */
export function docComment(text: string, indent = ""): string {
  // Within a comment only its end has a meaning.
  const safe = text.replaceAll("*/", "*\\/").trim();
  if (safe === "") return "";
  const single = `${indent}/** ${safe} */`;
  if (!safe.includes("\n") && single.length <= width) return `${single}\n`;
  const lines = safe.split(/\r?\n/).flatMap((line) => wrap(line.trimEnd(), width - indent.length - 3));
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
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
