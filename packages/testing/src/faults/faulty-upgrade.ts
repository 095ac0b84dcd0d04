import type { MessageSocket } from "@kubewright/core";
import { type Break, BrokenConnection } from "../exchange/broken-connection.ts";
import type { ServerUpgrade } from "../exchange/exchange.ts";
import { aborted } from "./faulty-body.ts";

/** How much of what the server sends passes. */
export interface Passing {
  readonly messages: number;
  readonly bytes: number;
}

/** What is wrong with a connection of messages. */
export interface UpgradeFaults {
  /** Breaks behind so much. */
  readonly cut?: Passing & { readonly how: Break };
  /** Sends no more behind so much, until the signal aborts. */
  readonly stall?: Passing & { readonly over: AbortSignal };
  /** Takes nothing, pings neither, until the signal aborts. */
  readonly deaf?: AbortSignal | undefined;
  /** How the process ended is not told. */
  readonly noStatus?: boolean;
  /** Breaks when it aborts. */
  readonly cutting: AbortSignal;
}

/** The channel of the status. */
const statusChannel = 3;

/** The same connection with faults. */
export function faultyUpgrade({ protocol, run }: ServerUpgrade, faults: UpgradeFaults): ServerUpgrade {
  return {
    protocol,
    run(socket) {
      let breakOff: (error: BrokenConnection) => void = () => {};
      const broken = new Promise<never>((_, reject) => (breakOff = reject));
      faults.cutting.addEventListener("abort", () => breakOff(new BrokenConnection("end")), { once: true });
      const sending = sender(socket, faults, breakOff);
      const faulty: MessageSocket = {
        protocol,
        closed: socket.closed,
        close: () => socket.close(),
        send: sending,
        messages: faults.deaf === undefined ? socket.messages : heardAfter(socket.messages, faults.deaf),
      };
      return Promise.race([run(faulty), broken]);
    },
  };
}

function sender(
  socket: MessageSocket,
  { cut, stall, noStatus }: UpgradeFaults,
  breakOff: (error: BrokenConnection) => void,
): MessageSocket["send"] {
  let messages = 0;
  let bytes = 0;
  const passes = (limit: Passing): boolean => messages <= limit.messages && bytes <= limit.bytes;
  return async (message) => {
    if (noStatus === true && message[0] === statusChannel && message.byteLength > 1) return;
    messages += 1;
    bytes += message.byteLength;
    if (stall !== undefined && !passes(stall)) await aborted(stall.over);
    if (cut !== undefined && !passes(cut)) {
      breakOff(new BrokenConnection(cut.how));
      return;
    }
    await socket.send(message);
  };
}

async function* heardAfter(
  messages: AsyncIterable<Uint8Array>,
  over: AbortSignal,
): AsyncGenerator<Uint8Array, undefined> {
  await aborted(over);
  yield* messages;
}
