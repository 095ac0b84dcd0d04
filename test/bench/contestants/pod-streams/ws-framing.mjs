// What Node can do without a client: a handshake, and the framing of ws. Input goes out as fast as the socket takes it.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:https";
import { Receiver, Sender } from "ws";

export function open({ server, ca, token, namespace, pod, container }) {
  /** A socket that speaks the subprotocol, and what came with the answer. */
  function upgrade(path, protocol) {
    const headers = {
      authorization: `Bearer ${token}`,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
      "sec-websocket-protocol": protocol,
    };
    return new Promise((resolve, reject) => {
      const asked = request(`${server}/api/v1/namespaces/${namespace}/pods/${pod}/${path}`, {
        ca,
        headers,
        agent: false,
      });
      asked.on("error", reject);
      asked.on("response", ({ statusCode }) => reject(new Error(`${path}: ${statusCode}`)));
      asked.on("upgrade", (_, socket, head) => resolve({ socket, head }));
      asked.end();
    });
  }

  /** Writes a message of a channel; false when the socket is full. */
  function send(socket, channel, data) {
    const message = Buffer.allocUnsafe(data.length + 1);
    message[0] = channel;
    message.set(data, 1);
    const [header, masked] = Sender.frame(message, { fin: true, rsv1: false, mask: true, readOnly: false, opcode: 2 });
    socket.cork();
    socket.write(header);
    const room = socket.write(masked);
    socket.uncork();
    return room;
  }

  return {
    async exec({ command, stdin, take }) {
      const query = new URLSearchParams({ container, stdout: "true", stdin: String(stdin !== undefined) });
      for (const part of command) query.append("command", part);
      const { socket, head } = await upgrade(`exec?${query}`, "v5.channel.k8s.io");
      const receiver = new Receiver({ isServer: false, maxPayload: 32 * 1024 * 1024, skipUTF8Validation: true });
      const ended = new Promise((resolve, reject) => {
        let exitCode;
        receiver.on("message", (message) => {
          if (message[0] === 1 && message.length > 1) take(message.subarray(1));
          if (message[0] === 3) {
            const status = JSON.parse(message.subarray(1).toString());
            const cause = status.details?.causes?.find(({ reason }) => reason === "ExitCode");
            exitCode = status.status === "Success" ? 0 : Number(cause?.message);
          }
        });
        receiver.on("conclude", () => socket.end());
        receiver.on("error", reject);
        socket.on("data", (chunk) => receiver.write(chunk));
        socket.on("error", reject);
        socket.on("close", () => resolve(exitCode));
      });
      if (head.length > 0) receiver.write(head);
      if (stdin !== undefined) await Promise.race([sendAll(socket, stdin), ended]);
      const exitCode = await ended;
      socket.destroy();
      return exitCode;
    },
  };

  async function sendAll(socket, stdin) {
    for await (const piece of stdin) {
      if (socket.destroyed) return;
      if (!send(socket, 0, piece)) await once(socket, "drain");
    }
    send(socket, 255, Buffer.of(0));
  }
}
