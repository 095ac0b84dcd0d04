import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

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
        <div class="empty" role="alert">
          <p>
            This part of the page could not be loaded: {what}. The network may be down, or the dashboard was updated
            since you opened it. Everything else goes on.
          </p>
          <p>
            <button type="button" class="button" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </button>{" "}
            <button type="button" class="button" onClick={() => location.reload()}>
              Reload the page
            </button>
          </p>
        </div>
      ) : (
        <p class="empty reading">Loading {what} …</p>
      )}
    </aside>
  );
}
