import type { JSX } from "preact";

interface PartFailureProps {
  /** For people, such as "the details". */
  readonly what: string;
  readonly onRetry: () => void;
}

/** Says that a file of the page could not be loaded, and offers what may help. */
export function PartFailure({ what, onRetry }: PartFailureProps): JSX.Element {
  return (
    <div class="empty" role="alert">
      <p>
        This part of the page could not be loaded: {what}. The network may be down, or the dashboard was updated since
        you opened it. Everything else goes on.
      </p>
      <p>
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>{" "}
        <button type="button" class="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </p>
    </div>
  );
}
