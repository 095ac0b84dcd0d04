import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** How a table fits: with all columns, with those that matter, or with rows of two lines. */
export type Fit = "wide" | "slim" | "stacked";

function fitOf(width: number): Fit {
  return width >= 800 ? "wide" : width >= 580 ? "slim" : "stacked";
}

/** How a table fits into the width that `box` has. */
export function useFit(box: RefObject<HTMLElement | null>): Fit {
  const [fit, setFit] = useState<Fit>("wide");
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const look = (): void => setFit(fitOf(element.clientWidth));
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [box]);
  return fit;
}
