import { CoreV1 } from "@kubewright/api/core/v1";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../app/icon.tsx";
import { cluster } from "../cluster.ts";
import { useVisibleRows } from "../table/visible-rows.ts";
import { explain } from "../text/explain.ts";
import { plural } from "../text/plural.ts";
import { followLog, type LogLine, type LogState } from "./follow-log.ts";

interface LogViewProps {
  readonly namespace: string;
  readonly name: string;
  readonly containers: readonly string[];
}

const { pods } = cluster.api(CoreV1);

/** The oldest lines beyond these are let go. */
const most = 10_000;
const lineHeight = 20;

/** A container's log, as it is written. */
export function LogView({ namespace, name, containers }: LogViewProps): JSX.Element {
  const [container, setContainer] = useState(containers[0] ?? "");
  const { lines, state } = useLog(namespace, name, container);
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const { first, end } = useVisibleRows(box, lines.length, lineHeight);
  const toEnd = (): void => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd) toEnd();
  }, [lines, atEnd]);
  const look = ({
    currentTarget: { scrollTop, scrollHeight, clientHeight },
  }: {
    readonly currentTarget: HTMLElement;
  }): void => setAtEnd(scrollTop + clientHeight >= scrollHeight - lineHeight);
  return (
    <div class="text-pane">
      <div class="pane-tools">
        {containers.length > 1 && (
          <label class="picker">
            <span>Container</span>
            <select value={container} onChange={({ currentTarget }) => setContainer(currentTarget.value)}>
              {containers.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
        )}
        <span role="status" class="quiet">
          {stateText(state, lines.length)}
        </span>
        {!atEnd && (
          <button
            type="button"
            class="button"
            onClick={() => {
              toEnd();
              // The button goes away.
              box.current?.focus();
            }}
          >
            <Icon name="down" />
            Newest
          </button>
        )}
      </div>
      <div ref={box} class="code log" tabIndex={0} role="region" aria-label={`Log of ${container}`} onScroll={look}>
        <div class="table-room" style={{ height: `${lines.length * lineHeight}px` }}>
          {lines.slice(first, end).map(({ number, time, text }, offset) => (
            <div
              key={number}
              class={`log-line${/\bERROR\b/.test(text) ? " bad" : /\bWARN/.test(text) ? " busy" : ""}`}
              style={{ top: `${(first + offset) * lineHeight}px` }}
            >
              <span class="log-time">{time.slice(11, 19)}</span> {text}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function stateText(state: LogState, count: number): string {
  switch (state.state) {
    case "reading":
      return "Reading …";
    case "following":
      return `Following, ${plural(count, "line")}`;
    case "ended":
      return `The container stopped writing, ${plural(count, "line")}`;
    default:
      return explain(state.error, "read this log");
  }
}

interface NumberedLine extends LogLine {
  readonly number: number;
}

/** The lines of a log: told once for each frame, however fast they come. */
function useLog(namespace: string, name: string, container: string) {
  const [log, setLog] = useState<{ readonly lines: readonly NumberedLine[]; readonly state: LogState }>({
    lines: [],
    state: { state: "reading" },
  });
  useEffect(() => {
    const ending = new AbortController();
    let lines: readonly NumberedLine[] = [];
    let fresh: NumberedLine[] = [];
    let number = 0;
    let state: LogState = { state: "reading" };
    let due = false;
    const show = (): void => {
      if (due) return;
      due = true;
      requestAnimationFrame(() => {
        due = false;
        if (ending.signal.aborted) return;
        if (fresh.length > 0) lines = [...lines, ...fresh].slice(-most);
        fresh = [];
        setLog({ lines, state });
      });
    };
    setLog({ lines, state });
    void followLog(
      pods.in(namespace),
      { name, container },
      {
        line(line) {
          fresh.push({ ...line, number: number++ });
          show();
        },
        state(now) {
          state = now;
          show();
        },
      },
      ending.signal,
    );
    return () => ending.abort();
  }, [namespace, name, container]);
  return log;
}
