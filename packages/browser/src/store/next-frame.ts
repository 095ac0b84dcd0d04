import { nextTurn } from "@kubewright/core";

/** Calls `act` once, before the next frame is drawn; where nothing is drawn, with the next turn of the event loop. */
export function nextFrame(act: () => void): void {
  // Workers and Node have none.
  if ("requestAnimationFrame" in globalThis) requestAnimationFrame(() => act());
  else void nextTurn().then(act);
}
