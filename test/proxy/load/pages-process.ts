// Pages by the hundreds, in a process of their own.
import { LoadPage, type Notes } from "./load-page.ts";
import type { PagesReport, ToPages, Truth } from "./messages.ts";

let pages: readonly LoadPage[] = [];
let counts = nothing();

function nothing(): {
  synced: number;
  events: number;
  expired: number;
  lags: number[];
  opened: number[];
  wrong: string[];
} {
  return { synced: 0, events: 0, expired: 0, lags: [], opened: [], wrong: [] };
}

const notes: Notes = {
  opened: (at) => void counts.opened.push(at),
  event: () => void counts.events++,
  synced: () => void counts.synced++,
  expired: () => void counts.expired++,
  lag: (ms) => void counts.lags.push(ms),
  wrong: (what) => void counts.wrong.push(what),
};

process.on("message", (message: ToPages) => {
  if (message.do === "open") {
    const { port, paths, slow } = message;
    pages = Array.from({ length: message.pages }, (_, at) => new LoadPage(port, paths, at < slow, notes));
    for (const page of pages) page.open();
  } else if (message.do === "hurry") {
    for (const page of pages) page.hurry();
  } else {
    process.send?.(report(message.truth));
  }
});
process.on("disconnect", () => process.exit());

function report(truth: Truth): PagesReport {
  const { synced, events, expired, opened, wrong } = counts;
  const lags = counts.lags.toSorted((a, b) => a - b);
  counts = nothing();
  return {
    synced,
    events,
    expired,
    opened,
    wrong: wrong.slice(0, 10),
    lagMs: { most: lags.at(-1) ?? 0, p99: lags[Math.floor(lags.length * 0.99)] ?? 0 },
    right: pages
      .flatMap(({ watches }) => watches)
      .filter(({ request, objects }) => isSame(objects, truth[request.path])).length,
  };
}

function isSame(objects: ReadonlyMap<string, string>, truth: Truth[string] = {}): boolean {
  const names = Object.keys(truth);
  return names.length === objects.size && names.every((name) => objects.get(name) === truth[name]);
}
