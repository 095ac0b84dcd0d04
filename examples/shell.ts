// A shell in a pod, in this terminal, or with --attach what the pod itself runs there (ctrl-p ctrl-q leaves it):
// node examples/shell.ts NAMESPACE POD [--attach | COMMAND...]
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { terminal } from "kubewright/terminal";

const [namespace, name, ...command] = process.argv.slice(2);
if (name === undefined) throw new Error("usage: node examples/shell.ts NAMESPACE POD [--attach | COMMAND...]");

const cluster = await connect();
const pods = cluster.api(CoreV1).pods.in(namespace);
try {
  const { exitCode, detached } = await terminal((tty) =>
    command[0] === "--attach"
      ? pods.attach(name, tty)
      : pods.exec(name, { command: command.length > 0 ? command : ["sh"], ...tty }),
  );
  if (detached) console.log(`left ${name}, which goes on`);
  process.exitCode = exitCode ?? 0;
} finally {
  await cluster.close();
}
