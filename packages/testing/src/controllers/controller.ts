import type { ServerState } from "../state/server-state.ts";

/** Something that brings the objects of a server to where they should be. Gives what ends it. */
export type Controller = (state: ServerState) => () => void;
