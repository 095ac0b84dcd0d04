import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { terminal } from "kubewright/terminal";

// What a user's program looks like. Its arguments: the verb, the pod, the container's command. SIGUSR2 does what GOES says.

const [verb, name = "", ...command] = process.argv.slice(2);
const { SERVER, CA, TOKEN = "", NAMESPACE, GOES } = process.env;
const cluster = await connect({ server: SERVER, ca: CA, token: TOKEN });
const pods = cluster.api(CoreV1).pods.in(NAMESPACE);
const stopping = new AbortController();

process.on("SIGUSR2", () => {
  if (GOES === "throw") throw new Error("thrown by the program");
  if (GOES === "exit") process.exit(9);
  if (GOES === "abort") stopping.abort(new Error("aborted by the program"));
});

try {
  const { signal } = stopping;
  const ended = await terminal((tty) =>
    verb === "attach" ? pods.attach(name, { ...tty, signal }) : pods.exec(name, { command, ...tty, signal }),
  );
  console.log(`ended: ${JSON.stringify(ended)}`);
} catch (error) {
  console.log(`failed: ${String(error)}`);
}
await cluster.close();
