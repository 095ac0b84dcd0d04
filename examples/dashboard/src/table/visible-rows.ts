import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Which rows are drawn: those within view and a few around them. */
export interface VisibleRows {
  readonly first: number;
  /** The one behind the last. */
  readonly end: number;
}

/** Rows beyond the edges, so that scrolling shows no gap. */
const spare = 8;

/** Follows where `box` is scrolled to, over `count` rows that are all `height` pixels high. */
export function useVisibleRows(box: RefObject<HTMLElement | null>, count: number, height: number): VisibleRows {
  const [view, setView] = useState({ top: 0, room: 800 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const look = (): void =>
      setView((before) => {
        // By rows: a scroll within one draws nothing anew.
        const top = Math.floor(element.scrollTop / height) * height;
        const room = element.clientHeight;
        return before.top === top && before.room === room ? before : { top, room };
      });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [box, height]);
  // With fewer rows than before the browser scrolls back, which is only told later.
  const top = Math.max(0, Math.min(view.top, count * height - view.room));
  return {
    first: Math.max(0, Math.floor(top / height) - spare),
    end: Math.min(count, Math.ceil((top + view.room) / height) + spare),
  };
}
