import type { Results, Row } from "./row.ts";

const columns = ["What", "client-node 2.0.1", "floor", "Kubewright", "aim and outcome"];

/** The table in Markdown, as README.md has it. */
export function markdownTable({ rows }: Results): string {
  return [columns, columns.map(() => "---"), ...rows.map(cellsOf)]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** One row as a terminal shows it. */
export function printedRow(row: Row): string {
  return [
    `${row.reached ? "✓" : "✗"} ${row.what}`,
    `    client-node  ${row.clientNode}`,
    `    floor        ${row.floor}`,
    `    Kubewright   ${row.ours}`,
    `    aim ${row.aim}: ${row.measured}${row.reached ? "" : "  MISSED"}`,
  ].join("\n");
}

function cellsOf({ what, clientNode, floor, ours, aim, measured, reached }: Row): readonly string[] {
  return [what, clientNode, floor, ours, `${aim}: ${reached ? measured : `**${measured}, missed**`}`];
}

/** Where the table came from. */
export function origin({ machine }: Results): string {
  const { node, kubernetes, cpus, platform } = machine;
  return `Kubernetes ${kubernetes} and every contestant on one machine (${cpus} CPUs, ${platform}), Node ${node}`;
}

const marker = { begin: "<!-- benchmarks: npm run bench -- --json -->", end: "<!-- /benchmarks -->" };

/** The text with the table between its markers replaced. */
export function withTable(text: string, results: Results): string {
  const begin = text.indexOf(marker.begin);
  const end = text.indexOf(marker.end);
  if (begin === -1 || end < begin) throw new Error(`README.md lacks the lines ${marker.begin} and ${marker.end}`);
  return `${text.slice(0, begin + marker.begin.length)}\n${origin(results)}, \`npm run bench\`:\n\n${markdownTable(results)}\n\n${text.slice(end)}`;
}
