import type { ConnectionState } from "@kubewright/browser";
import { useStore } from "@kubewright/browser/react";
import type { JSX } from "preact";
import { cluster } from "../cluster.ts";
import { dismiss, warnings } from "./warnings.ts";

/** Says when the page does not show what is, and what becomes of that; and what the SDK warns of. */
export function Notices(): JSX.Element {
  const text = noticeOf(useStore(cluster.connection));
  return (
    <div role="status">
      {useStore(warnings).map((warning) => (
        <p key={warning} class="notice mild">
          {warning}
          <button type="button" class="button" onClick={() => dismiss(warning)}>
            Dismiss
          </button>
        </p>
      ))}
      {text !== undefined && (
        <p class="notice">
          <span>
            <strong>{text.what}</strong> {text.next}
          </span>
          <button type="button" class="button" onClick={() => cluster.connection.retry()}>
            Try now
          </button>
        </p>
      )}
    </div>
  );
}

const times = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

function noticeOf({ state, since }: ConnectionState): { readonly what: string; readonly next: string } | undefined {
  const time = times.format(since);
  switch (state) {
    case "waiting":
      return {
        what: `The connection was lost at ${time}.`,
        next: "What you see is from then; this page tries again by itself.",
      };
    case "offline":
      return {
        what: `You are offline since ${time}.`,
        next: "What you see is from then; this page goes on when the network is back.",
      };
    case "signedOut":
      return {
        what: "You are signed out.",
        next: "Sign in again, in another tab if you like; this page goes on by itself.",
      };
    default:
      return undefined;
  }
}
