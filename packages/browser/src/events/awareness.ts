/** What a browser knows of itself that says when a try is worth it. */
export interface Awareness {
  /** Whether there is a network, as far as the browser knows. */
  readonly online: boolean;
  /** Whether somebody may be looking. */
  readonly visible: boolean;
  /** Calls `listener` when either changed, or the browser woke. */
  onChange(listener: () => void): () => void;
}

/** What tells events, as far as listeners that take none need it. */
export interface Telling {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

/** As far as a page has them. Described here, for programs that are compiled without the types of pages. */
export interface AwarePage extends Telling {
  readonly document?: (Telling & { readonly visibilityState?: string }) | undefined;
  readonly navigator?: { readonly onLine?: boolean } | undefined;
}

/** What a page knows of itself. */
export interface PageAwareness extends Awareness {
  /** Calls `listener` when the page is frozen, is kept for the way back to it, or is left for good. */
  onSleep(listener: () => void): () => void;
}

/** What a page knows; where it cannot know, all is taken to be well. */
export function pageAwareness(page: AwarePage): PageAwareness {
  const { document } = page;
  const telling = (ofPage: readonly string[], ofDocument: readonly string[]) => {
    return (listener: () => void): (() => void) => {
      for (const type of ofPage) page.addEventListener?.(type, listener);
      for (const type of ofDocument) document?.addEventListener?.(type, listener);
      return () => {
        for (const type of ofPage) page.removeEventListener?.(type, listener);
        for (const type of ofDocument) document?.removeEventListener?.(type, listener);
      };
    };
  };
  return {
    get online() {
      return page.navigator?.onLine !== false;
    },
    get visible() {
      return document?.visibilityState !== "hidden";
    },
    onChange: telling(["online", "offline", "pageshow"], ["visibilitychange", "resume"]),
    onSleep: telling(["pagehide"], ["freeze"]),
  };
}
