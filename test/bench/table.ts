import type { Results, Row } from "./row.ts";

const columns = ["What", "client-node 2.0.1", "floor", "Kubewright", "aim and outcome"];

/** The pages that show results, each with its table. */
export const pages: Readonly<Record<string, (results: Results) => string>> = {
  "README.md": resultsTable,
  "docs/encodings.md": comparisonsTable,
  "docs/testing.md": serversTable,
  "docs/toolchains.md": sizesTable,
  "docs/pod-streams.md": podStreamsTable,
  "docs/proxy.md": pagesTable,
};

/** All rows in Markdown. */
export function resultsTable({ rows }: Results): string {
  return markdownTable(columns, rows.map(cellsOf));
}

/** What bundles and installs weigh, in Markdown. */
export function sizesTable({ sizes }: Results): string {
  return markdownTable(columns, sizes.map(cellsOf));
}

/** What goes on between clients and pods, in Markdown. */
export function podStreamsTable({ podStreams }: Results): string {
  return markdownTable(columns, podStreams.map(cellsOf));
}

/** What many pages get through a proxy, in Markdown. */
export function pagesTable({ pages: rows }: Results): string {
  return markdownTable(columns, rows.map(cellsOf));
}

/** What JSON and protobuf cost, in Markdown. */
export function comparisonsTable({ comparisons }: Results): string {
  const cells = comparisons.map(({ what, json, protobuf, ratio }) => [what, json, protobuf, ratio]);
  return markdownTable(["What", "in JSON", "in protobuf", "protobuf / JSON"], cells);
}

/** What the embedded API server and the real one take, in Markdown. */
export function serversTable({ servers }: Results): string {
  const cells = servers.map(({ what, injected, embedded, real, ratio }) => [what, injected, embedded, real, ratio]);
  return markdownTable(
    ["What", "in the client's process", "over TLS", "the real API server", "over TLS / real"],
    cells,
  );
}

function markdownTable(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
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
export function withTable(text: string, results: Results, table: string): string {
  const begin = text.indexOf(marker.begin);
  const end = text.indexOf(marker.end);
  if (begin === -1 || end < begin) throw new Error(`the page lacks the lines ${marker.begin} and ${marker.end}`);
  return `${text.slice(0, begin + marker.begin.length)}\n${origin(results)}, \`npm run bench\`:\n\n${table}\n\n${text.slice(end)}`;
}
