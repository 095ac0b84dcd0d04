import type { Snapshot } from "@kubewright/browser";
import type { JSX } from "preact";
import { explain } from "../text/explain.ts";

interface NothingProps {
  readonly snapshot: Pick<Snapshot<unknown>, "items" | "synced" | "error">;
  /** Such as "pods". */
  readonly what: string;
  readonly namespace: string | undefined;
  readonly search: string;
}

/** Says why a table has no rows. */
export function Nothing({ snapshot, what, namespace, search }: NothingProps): JSX.Element {
  const where = namespace === undefined ? "in all namespaces" : `in the namespace ${namespace}`;
  if (!snapshot.synced && snapshot.error !== undefined)
    return (
      <p role="alert">
        {explain(snapshot.error, `list ${what} ${where}`)}
        {namespace === undefined && " A single namespace may work: choose one above."}
      </p>
    );
  if (!snapshot.synced) return <p class="reading">Reading {what} …</p>;
  if (snapshot.items.length > 0)
    return (
      <p>
        None of {snapshot.items.length} {what} has “{search}”.
      </p>
    );
  return (
    <p>
      There are no {what} {where}.
    </p>
  );
}
