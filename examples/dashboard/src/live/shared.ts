/** Something that many parts of the page look at, and that ends when none has looked for a while. */
export interface Shared<V> {
  readonly value: V;
  /** Says that somebody looks; gives what says that they no longer do. */
  hold(): () => void;
}

/** How long it stays open without anybody: whoever comes back from another view finds it as it was. In milliseconds. */
const lingerMs = 30_000;

/** Keeps what `open` gives by key, as long as it is held. */
export function sharedBy<V>(
  open: (key: string) => { readonly value: V; close(): unknown },
): (key: string) => Shared<V> {
  const all = new Map<string, Shared<V>>();
  return (key) => {
    let shared = all.get(key);
    if (shared === undefined) all.set(key, (shared = openShared(open(key), () => all.delete(key))));
    return shared;
  };
}

function openShared<V>({ value, close }: { readonly value: V; close(): unknown }, ended: () => void): Shared<V> {
  let holders = 0;
  let ending: ReturnType<typeof setTimeout> | undefined;
  const endLater = (): void => {
    ending = setTimeout(() => {
      ended();
      close();
    }, lingerMs);
  };
  endLater();
  return {
    value,
    hold() {
      holders++;
      clearTimeout(ending);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        if (--holders === 0) endLater();
      };
    },
  };
}
