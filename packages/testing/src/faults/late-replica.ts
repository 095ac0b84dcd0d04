import { createReplica, type Replica } from "../state/replica.ts";
import type { ServerState } from "../state/server-state.ts";

/** A replica of a server that may not have begun: until then nothing has changed in it, so it can be made when it begins. */
export interface LateReplica {
  /** Of a server that has begun. */
  readonly state: ServerState;
  /** The server begins. */
  begin(state: ServerState): void;
  /** As that of a replica. */
  catchUp(): void;
}

/** Makes one. */
export function createLateReplica(): LateReplica {
  let replica: Replica | undefined;
  let isOver = false;
  return {
    get state() {
      if (replica === undefined) throw new Error("the server has not begun");
      return replica.state;
    },
    begin(state) {
      if (!isOver) replica ??= createReplica(state);
    },
    catchUp() {
      isOver = true;
      replica?.catchUp();
    },
  };
}
