import type { MessageSocket, TerminalSize } from "@kubewright/core";
import type { ServerUpgrade } from "../exchange/exchange.ts";
import type { ContainerProcess } from "../hooks/hooks.ts";
import { BytePipe } from "./byte-pipe.ts";
import { channels, execProtocols, messagesOf, ofChannel, readClientMessage } from "./channels.ts";
import { failed, type RunStatus } from "./run-status.ts";
import { ValueQueue } from "./value-queue.ts";

/** What a session is asked for. */
export interface ProgramSession {
  readonly protocol: string;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly process: Pick<ContainerProcess, "namespace" | "pod" | "container" | "user" | "tty">;
  /** Gives how it ended. What it throws says that it could not be run. */
  play(process: ContainerProcess): Promise<RunStatus>;
}

const encoder = new TextEncoder();

/** The server's end of an exec or attach. The process goes on when the client is gone. */
export function programUpgrade(asked: ProgramSession): ServerUpgrade {
  return { protocol: asked.protocol, run: (socket) => serve(socket, asked) };
}

async function serve(
  socket: MessageSocket,
  { protocol, stdin, stdout, stderr, process, play }: ProgramSession,
): Promise<void> {
  const input = new BytePipe();
  const sizes = new ValueQueue<TerminalSize>();
  const gone = new AbortController();
  let isOver = false;
  const send = async (message: Uint8Array): Promise<void> => {
    if (isOver) return;
    // Where the client is gone, the process hears of it by its signal.
    await socket.send(message).catch(leave);
  };
  const write =
    (channel: number, wanted: boolean) =>
    async (data: string | Uint8Array): Promise<void> => {
      const bytes = typeof data === "string" ? encoder.encode(data) : data.slice();
      if (wanted) for (const message of messagesOf(channel, bytes)) await send(message);
    };

  function leave(): void {
    isOver = true;
    input.end();
    sizes.end();
    gone.abort();
  }

  async function receive(): Promise<void> {
    for await (const message of socket.messages) {
      const said = readClientMessage(message, protocol);
      if (said?.is === "stdin" && stdin) await input.write(said.data);
      else if (said?.is === "size" && process.tty) sizes.push(said.size);
      else if (said?.is === "close") {
        if (said.channel === undefined) break;
        if (said.channel === channels.stdin) input.end();
      }
    }
  }

  if (!stdin) input.end();
  // Tells that the connection stands (k8s.io/cri-streaming, websocket.go): an empty message of the lowest channel that is the server's.
  await send(ofChannel(stdout ? channels.stdout : stderr ? channels.stderr : channels.status));
  void receive()
    .catch(() => undefined)
    .then(leave)
    .then(() => socket.close());
  const output = write(channels.stdout, stdout);
  const status = await play({
    ...process,
    stdin: input,
    sizes,
    signal: gone.signal,
    stdout: output,
    stderr: process.tty ? output : write(channels.stderr, stderr),
  }).catch(failed);
  const said = protocol === execProtocols.v5 ? status : { ...status, metadata: undefined };
  await send(ofChannel(channels.status, encoder.encode(JSON.stringify(said))));
  isOver = true;
  input.leave();
  sizes.end();
  await socket.close();
}
