/** What a browser knows of itself that says when a try is worth it. */
export interface Awareness {
  /** Whether there is a network, as far as the browser knows. */
  readonly online: boolean;
  /** Whether somebody may be looking. */
  readonly visible: boolean;
  /** Calls `listener` when either changed. */
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

/** What a page knows; where it cannot know, all is taken to be well. */
export function pageAwareness(page: AwarePage): Awareness {
  return {
    get online() {
      return page.navigator?.onLine !== false;
    },
    get visible() {
      return page.document?.visibilityState !== "hidden";
    },
    onChange(listener) {
      const ofPage = ["online", "offline", "pageshow"];
      for (const type of ofPage) page.addEventListener?.(type, listener);
      page.document?.addEventListener?.("visibilitychange", listener);
      return () => {
        for (const type of ofPage) page.removeEventListener?.(type, listener);
        page.document?.removeEventListener?.("visibilitychange", listener);
      };
    },
  };
}
