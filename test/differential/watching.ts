import type { Watching, WatchEvent } from "./exchange.ts";

/** How long an event is waited for that may never come, in milliseconds. */
const patience = 3000;

/** Reads a watch in JSON as it arrives. */
export function watchingOf(chunks: AsyncIterable<Uint8Array>, close: () => void): Watching {
  const events: WatchEvent[] = [];
  let over = false;
  let wake: () => void = () => undefined;
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of chunks) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") events.push(JSON.parse(line) as WatchEvent);
      wake();
    }
  };
  // How it breaks off is no event; that it is over is seen by ended().
  void read()
    .catch(() => undefined)
    .finally(() => {
      over = true;
      wake();
    });
  /** Until something arrived, it is over, or patience is. */
  const waitUntil = async (met: () => boolean): Promise<void> => {
    const until = Date.now() + patience;
    while (!met() && Date.now() < until) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, until - Date.now());
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  return {
    async next(count) {
      await waitUntil(() => over || events.length >= count);
      return events.splice(0, count);
    },
    async ended() {
      await waitUntil(() => over);
      return over;
    },
    close,
  };
}
