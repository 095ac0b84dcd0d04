import type { PodConnection } from "@kubewright/core";
import type { Socket } from "node:net";

/** How long a local end may stay that still sends where the pod has ended: so that it can read the rest before it is let go. */
const lingerMs = 5000;

/**
 * Carries bytes both ways, each direction to its own end, and resolves when both ends are gone. Where the pod's end breaks, the local one
 * is reset after what had come, and it rejects with why; where the local one breaks, the pod's is closed.
 */
export async function join(local: Socket, connection: PodConnection): Promise<void> {
  let delivered = false;
  let broken: { readonly error: unknown } | undefined;
  const gone = new Promise<void>((resolve) => {
    local.once("close", () => {
      if (!delivered) void connection.close();
      resolve();
    });
  });
  // What breaks here is seen as its close.
  local.on("error", () => {});

  async function toLocal(): Promise<void> {
    const reader = connection.readable.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (!local.write(value)) await drained(local);
      }
      delivered = true;
      local.end();
    } catch (error) {
      // After it has closed, that is why.
      if (!local.destroyed) broken = { error };
      local.resetAndDestroy();
    }
  }

  async function toPod(): Promise<void> {
    const writer = connection.writable.getWriter();
    // Why it takes no more, its other direction says.
    writer.closed.catch(() => undefined);
    let takes = true;
    try {
      for await (const chunk of local.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
        if (takes) await writer.write(chunk).catch(() => (takes = false));
      }
      if (takes) await writer.close().catch(() => undefined);
    } catch {
      local.destroy();
    }
  }

  async function linger(): Promise<void> {
    await connection.closed.catch(() => undefined);
    const timer = setTimeout(() => local.destroy(), lingerMs);
    await gone;
    clearTimeout(timer);
  }

  await Promise.all([toLocal(), toPod(), linger()]);
  // What carried it is gone too.
  await connection.close();
  if (broken !== undefined) throw broken.error;
}

/** There is room again, or it is closed. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      socket.off("drain", end);
      socket.off("close", end);
      resolve();
    };
    if (socket.destroyed) resolve();
    socket.on("drain", end);
    socket.on("close", end);
  });
}
