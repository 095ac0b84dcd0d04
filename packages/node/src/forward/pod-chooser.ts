import { ConnectionError, isReady, labelSelectorText, type PodStreamOptions } from "@kubewright/core";
import type { ForwardedPod, ForwardedPods, ForwardTarget } from "./options.ts";

/** Which pod a new connection goes to. */
export interface PodChooser {
  /**
   * The pod of the name as it is, or a ready one of the selector: the same as before as long as it is ready, else the oldest. What was
   * read less than half a second ago is not read again, so that many connections at once share one look.
   */
  choose(): Promise<Choice>;
  /** The next choice is made anew. */
  forget(): void;
}

export interface Choice {
  readonly pod: ForwardedPod;
  /** It was read for this choice. */
  readonly isNew: boolean;
}

const freshMs = 500;

export function createPodChooser(pods: ForwardedPods, target: ForwardTarget, call: PodStreamOptions): PodChooser {
  let last: { readonly pod: Promise<ForwardedPod>; readonly at: number } | undefined;
  let chosen: string | undefined;

  async function look(): Promise<ForwardedPod> {
    if (typeof target === "string") return pods.get(target, call);
    const { items } = await pods.list({ ...call, labelSelector: target.labelSelector });
    const ready = items.filter((pod) => isReady(pod));
    const found = ready.find(({ metadata }) => metadata.uid === chosen) ?? ready.toSorted(byAge)[0];
    if (found === undefined) throw noneReady(items.length, labelSelectorText(target.labelSelector));
    chosen = found.metadata.uid;
    return found;
  }

  return {
    async choose() {
      const isNew = last === undefined || performance.now() - last.at > freshMs;
      if (isNew) {
        const looking = { pod: look(), at: performance.now() };
        looking.pod.catch(() => {
          if (last === looking) last = undefined;
        });
        last = looking;
      }
      return { pod: await (last as NonNullable<typeof last>).pod, isNew };
    },
    forget() {
      last = undefined;
    },
  };
}

function byAge({ metadata: a }: ForwardedPod, { metadata: b }: ForwardedPod): number {
  const [one = "", other = ""] = [a, b].map(({ creationTimestamp, name }) => `${creationTimestamp} ${name}`);
  return one < other ? -1 : 1;
}

function noneReady(count: number, selector: string): ConnectionError {
  const of = count === 0 ? "no pod has" : `none of the ${count} pods is ready that have`;
  return new ConnectionError(`NoReadyPod: ${of} the labels ${selector}`, { sent: "no" });
}
