import type { Writable } from "node:stream";
import type { ControlPlaneInfo, ProcessName } from "./info.ts";

/** What a line on the standard input of `controlplane up` asks for; control.go has the same type. */
export type Request =
  | { readonly action: "kill" | "stop" | "start" | "pause" | "resume"; readonly name: ProcessName }
  | { readonly action: "snapshot" }
  | { readonly action: "restore"; readonly folder: string }
  | { readonly action: "compact"; readonly revision?: string };

/** What it says when it is done. */
export interface Answer {
  readonly id: number;
  readonly error?: string;
  readonly folder?: string;
  readonly revision?: string;
  readonly processes: ControlPlaneInfo["processes"];
}

/** Asks a running `controlplane up` for things, and matches its answers. */
export interface Control {
  ask(request: Request): Promise<Answer>;
  /** Takes a line of its standard output. */
  take(line: string): void;
  /** It has ended: nothing more will be answered. */
  end(reason: Error): void;
}

export function createControl(input: Writable): Control {
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let nextId = 1;
  let ended: Error | undefined;
  return {
    ask(request) {
      if (ended !== undefined) return Promise.reject(ended);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        input.write(`${JSON.stringify({ id, ...request })}\n`);
      });
    },
    take(line) {
      const answer = JSON.parse(line) as Answer;
      const answered = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.error === undefined) answered?.resolve(answer);
      else answered?.reject(new Error(answer.error));
    },
    end(reason) {
      ended = reason;
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    },
  };
}
