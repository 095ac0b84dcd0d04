import { ConnectionError } from "../errors/transport-errors.ts";
import { startDeadline } from "../time/deadline.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import { createResends } from "../transport/resends.ts";
import type { RawRequest } from "../types/raw-request.ts";
import { requestOf, type CallContext } from "./call.ts";
import { rawParts, refusal } from "./raw-request.ts";
import type { SourceConnection } from "./source.ts";

/**
 * Opens a connection of messages by hand, for whoever passes on somebody's upgrade. `offered` are the subprotocols, in order, perhaps none;
 * `timeoutMs` bounds the way to acceptance, the signal goes on to count. Sent once.
 *
 * @throws StatusError with its `body` for a refusal, as of every request by hand
 */
export async function openUpgrade(
  connection: SourceConnection,
  input: RawRequest,
  offered: readonly string[],
): Promise<MessageSocket> {
  // What stands for a connection is what its calls share.
  const context = connection as CallContext;
  const parts = { ...rawParts(input), replay: "never", upgrade: offered } as const;
  const deadline = startDeadline(context, input, parts);
  try {
    const request = requestOf(parts, input, deadline, createResends(parts, context.resendBudget), true);
    const response = await context.ask(request);
    const { socket, status } = response;
    if (socket === undefined) {
      if (status >= 300) throw await refusal(context, response, parts);
      response.discard();
      throw new ConnectionError(`NotUpgraded: the answer was HTTP ${status} without an upgrade`, { request: parts });
    }
    deadline.stopClock();
    void socket.closed.then(deadline.end);
    return socket;
  } catch (error) {
    deadline.end();
    throw error;
  }
}
