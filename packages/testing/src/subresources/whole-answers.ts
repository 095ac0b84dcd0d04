import type { ServerUpgrade } from "../exchange/exchange.ts";
import type { Outcome } from "../verbs/outcome.ts";

/** A text, as the kubelet refuses. */
export function text(status: number, body: string): Outcome {
  const headers = { "content-type": ["text/plain; charset=utf-8"], "x-content-type-options": ["nosniff"] };
  return { kind: "whole", answer: { status, headers, body: new TextEncoder().encode(body) } };
}

/** An upgrade that is accepted. */
export function upgraded(upgrade: ServerUpgrade): Outcome {
  return { kind: "whole", answer: { status: 101, headers: {}, body: new Uint8Array(), upgrade } };
}
