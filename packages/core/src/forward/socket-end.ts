import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { SocketEnd } from "../transport/message-socket.ts";

/** The far end closed the WebSocket before the connection in it had ended. */
export function closedEarly({ code, reason }: SocketEnd, request: RequestInfo): ConnectionError {
  const shown = reason === "" ? "" : ` ${JSON.stringify(reason.slice(0, 200))}`;
  const how = code === undefined ? "" : ` (close code ${code}${shown})`;
  return new ConnectionError(`ConnectionLost: the server closed it before the pod had ended it${how}`, { request });
}
