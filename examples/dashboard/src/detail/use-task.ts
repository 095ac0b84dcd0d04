import { useEffect, useRef, useState } from "preact/hooks";
import { explain } from "../text/explain.ts";

/** Something that is done once a user has said so. */
export interface Task {
  readonly busy: boolean;
  /** Why it did not work, for people. */
  readonly problem: string | undefined;
  run(): void;
}

/** Runs `work` when asked to, then `done`. `doing` says for people what it does. */
export function useTask(doing: string, work: (signal: AbortSignal) => Promise<unknown>, done: () => void): Task {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ending = useRef<AbortController>(null);
  useEffect(() => () => ending.current?.abort(), []);
  return {
    busy,
    problem,
    run() {
      if (busy) return;
      setBusy(true);
      setProblem(undefined);
      const { signal } = (ending.current = new AbortController());
      void (async () => {
        try {
          await work(signal);
          done();
        } catch (error) {
          if (signal.aborted) return;
          setProblem(explain(error, doing));
          setBusy(false);
        }
      })();
    },
  };
}
