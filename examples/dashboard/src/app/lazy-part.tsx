import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PartFailure } from "./part-failure.tsx";

interface LazyPartProps<P> {
  /** For people, such as "the details". */
  readonly what: string;
  readonly load: () => Promise<P>;
  readonly draw: (part: P) => JSX.Element;
}

/** A part of the page that loads when it is first shown. Says so when it cannot, and tries again when it is asked to. */
export function LazyPart<P>({ what, load, draw }: LazyPartProps<P>): JSX.Element {
  const [part, setPart] = useState<{ readonly loaded: P }>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setFailed(false);
    load().then(
      (loaded) => current && setPart({ loaded }),
      (error: unknown) => {
        console.warn(error);
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, [load, attempt]);
  if (part !== undefined) return draw(part.loaded);
  return (
    <aside class="detail" aria-busy={!failed}>
      {failed ? (
        <PartFailure what={what} onRetry={() => setAttempt(attempt + 1)} />
      ) : (
        <p class="empty reading">Loading {what} …</p>
      )}
    </aside>
  );
}
