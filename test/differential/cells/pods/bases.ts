import type { PlayedKind } from "../../kinds.ts";

/** Some fields of an object. */
export type Fields = Readonly<Record<string, unknown>>;

/** A container that is fine, with more. */
export function container(more: Fields = {}): Fields {
  return { name: "a", image: "b", ...more };
}

/** A change of a pod's only container. */
export function only(more: Fields): Fields {
  return { spec: { containers: [container(more)] } };
}

/** A change of a pod's spec. */
export function spec(more: Fields): Fields {
  return { spec: more };
}

/** Pods without the volume of their account, which every one has otherwise. */
export function podsWith(right: readonly Fields[], wrong: readonly Fields[]): PlayedKind {
  const object = { spec: { automountServiceAccountToken: false, containers: [container()] } };
  return { path: "/api/v1/NAMESPACE/pods", object, right, wrong };
}
