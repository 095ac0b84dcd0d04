import type { ConnectionState } from "@kubewright/browser";
import { useStore } from "@kubewright/browser/react";
import type { JSX } from "preact";
import { cluster } from "../cluster.ts";
import type { Mood } from "../status/mood.ts";

const shown: Readonly<Record<ConnectionState["state"], readonly [Mood, string]>> = {
  idle: ["idle", "Idle"],
  connecting: ["busy", "Connecting"],
  connected: ["good", "Live"],
  waiting: ["bad", "Not connected"],
  offline: ["bad", "Offline"],
  signedOut: ["bad", "Signed out"],
  closed: ["idle", "Closed"],
};

/** Whether the page is live, in a word. */
export function ConnectionLamp(): JSX.Element {
  const { state } = useStore(cluster.connection);
  const [mood, text] = shown[state];
  return (
    <span class={`lamp ${mood}`} data-connection={state}>
      <i aria-hidden="true" />
      {text}
    </span>
  );
}
