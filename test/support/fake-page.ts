import type { Page } from "../../packages/browser/src/page.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

/** A page that stands at `http://page.test/ui/`, whose network and whose visibility a test sets. */
export class FakePage implements Page {
  readonly clock: VirtualClock;
  readonly fetch: typeof globalThis.fetch;
  readonly location = { href: "http://page.test/ui/index.html" };
  readonly navigator: { onLine: boolean } = { onLine: true };
  readonly document: NonNullable<Page["document"]> & { visibilityState: string };
  readonly #events = new EventTarget();

  constructor(fetch: typeof globalThis.fetch, clock: VirtualClock = createVirtualClock()) {
    this.clock = clock;
    this.fetch = fetch;
    const events = this.#events;
    this.document = {
      baseURI: this.location.href,
      visibilityState: "visible",
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
    };
  }

  addEventListener(type: string, listener: () => void): void {
    this.#events.addEventListener(type, listener);
  }

  removeEventListener(type: string, listener: () => void): void {
    this.#events.removeEventListener(type, listener);
  }

  /** The network is there or not from now on. */
  network(onLine: boolean): void {
    this.navigator.onLine = onLine;
    this.#events.dispatchEvent(new Event(onLine ? "online" : "offline"));
  }

  /** The browser tells the page's document something, such as `freeze`. */
  tellDocument(type: string): void {
    this.#events.dispatchEvent(new Event(type));
  }

  /** Somebody looks at the page, or nobody does. */
  look(visible: boolean): void {
    this.document.visibilityState = visible ? "visible" : "hidden";
    this.#events.dispatchEvent(new Event("visibilitychange"));
  }
}
