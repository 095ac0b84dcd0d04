import type { MessageSocket } from "../transport/message-socket.ts";

/**
 * How often something is sent that means nothing, so that no proxy cuts a quiet connection, and no server's own clock of silence runs
 * out: pings of the WebSocket do not reset it. Where there are none, this is also what finds a dead connection.
 */
export function keepAliveMs({ ping }: MessageSocket): number {
  return ping === undefined ? 30_000 : 60_000;
}
