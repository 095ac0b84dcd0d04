import { createStore, type Snapshot } from "@kubewright/browser";
import { useStore } from "@kubewright/browser/react";
import type { SelectMaskOf } from "@kubewright/core";
import type { Cached, Informer } from "@kubewright/runtime";
import { useEffect, useMemo } from "preact/hooks";
import { sharedBy } from "./shared.ts";

/** A kind of object that views show. `O` is what is kept of each. */
export interface Collection<O> {
  /** All of a namespace, undefined for all namespaces: now, and after each change. Open as long as a view asks for it. */
  use(namespace: string | undefined): Snapshot<O>;
}

/** The objects of a collection. */
export type ItemOf<C> = C extends Collection<infer O> ? O : never;

/** Views of what `open` gives; views that ask for the same share it. */
export function collection<T, S extends SelectMaskOf<T> | undefined = undefined>(
  open: (namespace: string | undefined) => Informer<T, never, S>,
): Collection<Cached<T, S>> {
  const shared = sharedBy((key: string) => {
    const informer = open(key === "" ? undefined : key);
    return { value: createStore(informer), close: () => informer.close() };
  });
  return {
    use(namespace) {
      const held = useMemo(() => shared(namespace ?? ""), [namespace]);
      useEffect(() => held.hold(), [held]);
      return useStore(held.value);
    },
  };
}
