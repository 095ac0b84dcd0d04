import type { ComponentChildren, JSX, TargetedKeyboardEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { focusRow } from "./focus-row.ts";
import { useFit } from "./use-fit.ts";
import { useVisibleRows } from "./visible-rows.ts";

/** A column of a table. */
export interface Column<R> {
  readonly title: string;
  /** Its width, as CSS grid takes it, such as `minmax(10rem, 2fr)`. */
  readonly width: string;
  /** What stands in it. */
  readonly cell: (row: R) => ComponentChildren;
  /** What rows are sorted by; without it they cannot be. */
  readonly order?: ((row: R) => string | number) | undefined;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
  /** Where there is little room: nowhere. Where there is even less, rows have a `first` line and a `second`. */
  readonly narrow: "first" | "second" | "none";
}

interface TableProps<R> {
  /** What the table holds, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  /** Where a row leads; its first column is the link. */
  readonly hrefOf?: ((row: R) => string) | undefined;
  /** The link's name, where what stands in the first column is cut. Default: what stands there. */
  readonly linkNameOf?: ((row: R) => string) | undefined;
  /** The row that is open. */
  readonly current?: string | undefined;
  /** What is said when there is no row. */
  readonly empty: ComponentChildren;
}

const wide = 40;
const tall = 62;

/** How many rows a key goes. */
const steps: ReadonlyMap<string, number> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
  ["PageDown", 12],
  ["PageUp", -12],
]);

/** A table of which only the rows within view are drawn, however many there are. Arrow keys move between rows. */
export function DataTable<R>(props: TableProps<R>): JSX.Element {
  const { label, rows, keyOf, hrefOf, linkNameOf, current, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const fit = useFit(box);
  const columns = fit === "wide" ? props.columns : props.columns.filter(({ narrow }) => narrow !== "none");
  const [order, setOrder] = useState<{ readonly column: string; readonly down: boolean }>();
  const height = fit === "stacked" ? tall : wide;
  const sorted = sortedBy(rows, columns, order);
  const { first, end } = useVisibleRows(box, sorted.length, height);
  const template = columns.map(({ width }) => width).join(" ");

  const move = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const step = steps.get(event.key);
    const from = Number((event.target as HTMLElement).closest<HTMLElement>("[data-row]")?.dataset["row"] ?? NaN);
    if (step === undefined || Number.isNaN(from) || box.current === null) return;
    event.preventDefault();
    focusRow(box.current, Math.max(0, Math.min(sorted.length - 1, from + step)), height);
  };

  return (
    <div
      class={`table ${fit}`}
      role="table"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      style={{ "--columns": template }}
    >
      <div class="table-head" role="rowgroup">
        <div class="row" role="row" aria-rowindex={1}>
          {columns.map(({ title, order: sortable, numeric }) => {
            const now = order?.column === title ? (order.down ? "descending" : "ascending") : undefined;
            return (
              <span
                key={title}
                role="columnheader"
                class={numeric === true ? "numeric" : undefined}
                aria-sort={sortable === undefined ? undefined : (now ?? "none")}
              >
                {sortable === undefined ? (
                  title
                ) : (
                  <button
                    type="button"
                    onClick={() =>
                      setOrder(now === "descending" ? undefined : { column: title, down: now === "ascending" })
                    }
                  >
                    {title}
                  </button>
                )}
              </span>
            );
          })}
        </div>
      </div>
      {sorted.length === 0 && (
        <div role="row">
          <div class="empty" role="cell">
            {empty}
          </div>
        </div>
      )}
      <div class="table-body" role="rowgroup" ref={box} tabIndex={-1} onKeyDown={move}>
        <div class="table-room" role="presentation" style={{ height: `${sorted.length * height}px` }}>
          {sorted.slice(first, end).map((row, offset) => {
            const key = keyOf(row);
            return (
              <div
                key={key}
                class={`row${key === current ? " current" : ""}`}
                role="row"
                aria-rowindex={first + offset + 2}
                data-row={first + offset}
                style={{ top: `${(first + offset) * height}px`, height: `${height}px` }}
              >
                {columns.map(({ title, cell, numeric, narrow: place }, at) => (
                  <span key={title} role="cell" class={`${numeric === true ? "numeric " : ""}in-${place}`}>
                    {at === 0 && hrefOf !== undefined ? (
                      <a
                        class="row-link"
                        href={hrefOf(row)}
                        aria-label={linkNameOf?.(row)}
                        aria-current={key === current ? "true" : undefined}
                      >
                        {cell(row)}
                      </a>
                    ) : (
                      cell(row)
                    )}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function sortedBy<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  order: { readonly column: string; readonly down: boolean } | undefined,
): readonly R[] {
  const key = columns.find(({ title }) => title === order?.column)?.order;
  if (key === undefined || order === undefined) return rows;
  const sign = order.down ? -1 : 1;
  return rows
    .map((row) => ({ row, by: key(row) }))
    .toSorted((one, other) => (one.by < other.by ? -sign : one.by > other.by ? sign : 0))
    .map(({ row }) => row);
}
