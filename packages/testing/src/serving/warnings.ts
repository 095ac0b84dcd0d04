import type { ServerAnswer } from "../exchange/exchange.ts";

/** What is to be said beside an answer (k8s.io/apiserver pkg/endpoints/filters/warning.go). */
export interface Warnings {
  readonly add: (text: string) => void;
  /** The answer with them in its headers. */
  readonly on: (answer: ServerAnswer) => ServerAnswer;
}

/** None yet. Each is said once. */
export function createWarnings(): Warnings {
  const texts = new Set<string>();
  return {
    add: (text) => void texts.add(text),
    on(answer) {
      if (texts.size === 0) return answer;
      const warning = [...texts].map((text) => `299 - "${text.replaceAll(/["\\]/g, "\\$&")}"`);
      return { ...answer, headers: { ...answer.headers, warning } };
    },
  };
}
