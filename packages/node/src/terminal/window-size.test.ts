import { EventEmitter } from "node:events";
import type { WriteStream } from "node:tty";
import type { TerminalSize } from "@kubewright/core";
import { expect, test, vi } from "vitest";
import { followSize, otherSize, windowSize } from "./window-size.ts";

test("a terminal that does not know its size has the usual one", () => {
  expect(windowSize({ columns: 0, rows: 0 })).toEqual({ columns: 80, rows: 24 });
  expect(windowSize({ columns: 100, rows: 1 })).toEqual({ columns: 100, rows: 1 });
});

test("the other size is larger where there is a larger one", () => {
  expect(otherSize({ columns: 80, rows: 65_535 })).toEqual({ columns: 81, rows: 65_534 });
});

test("of many sizes within 50 ms the last is told, then the next ones; none once it has ended", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const output = Object.assign(new EventEmitter(), { columns: 80, rows: 24 });
    const told: TerminalSize[] = [];
    const stop = followSize(output as unknown as WriteStream, false, (size) => told.push(size));
    const resize = (columns: number): void => {
      output.columns = columns;
      output.emit("resize");
    };
    for (let columns = 90; columns <= 100; columns++) resize(columns);
    vi.advanceTimersByTime(49);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    resize(70);
    vi.advanceTimersByTime(50);
    resize(60);
    stop();
    vi.advanceTimersByTime(1000);
    expect(told.map(({ columns }) => columns)).toEqual([100, 70]);
    expect([output.listenerCount("resize"), vi.getTimerCount()]).toEqual([0, 0]);
  } finally {
    vi.useRealTimers();
  }
});
