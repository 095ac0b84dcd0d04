import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}

/** Asks before something is done. The platform holds the keyboard inside, and gives it back. */
export function Dialog({ title, onClose, onSubmit, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="dialog-title">
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <h2 id="dialog-title">{title}</h2>
        {children}
      </form>
    </dialog>
  );
}

interface DialogEndProps {
  /** What is done. */
  readonly verb: string;
  readonly busy: boolean;
  readonly danger?: boolean;
  readonly onClose: () => void;
}

/** The two ways out. */
export function DialogEnd({ verb, busy, danger = false, onClose }: DialogEndProps): JSX.Element {
  return (
    <div class="dialog-end">
      <button type="button" class="button" onClick={onClose}>
        Cancel
      </button>
      <button type="submit" class={`button ${danger ? "danger" : "main"}`} disabled={busy}>
        {busy ? "Working …" : verb}
      </button>
    </div>
  );
}
