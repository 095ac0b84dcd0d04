import { contestantsOf, encodings, goContentTypes, reading, type Bench, type Encoding } from "../../bench.ts";
import { startGo, startNode, type TaskProcess } from "../../task-process.ts";

type Ours = "kubewright" | "kubewright on http/1.1" | "kubewright with managedFields";
/** What is stripped has a transform that drops managedFields, as Kubewright does unless it is told otherwise. */
type Go = `client-go in ${Encoding}` | `client-go in ${Encoding}, stripped`;

/** Who keeps pods in a cache; those that do not say so, in JSON. */
export type Contender = `${Ours} in ${Encoding}` | "client-node" | "node:http2" | "node:https" | Go;

export type Contenders = Readonly<Record<Contender, () => Promise<TaskProcess>>>;

/** How to start each. */
export function contendersOf({ installed, server }: Bench, program: string, caFile: string): Contenders {
  const all = contestantsOf(installed);
  const { kubewright } = all;
  const inGo = (encoding: Encoding, strip: boolean) => () => {
    const settings = { token: server.token, contentType: goContentTypes[encoding], strip };
    return startGo(program, [server.server, caFile, "informers", JSON.stringify(settings)]);
  };
  const contenders: Record<string, () => Promise<TaskProcess>> = {};
  for (const encoding of encodings) {
    const http1 = reading(all["kubewright on http/1.1"], encoding);
    const managed = reading({ ...kubewright, options: { managedFields: true } }, encoding);
    contenders[`kubewright in ${encoding}`] = () => startNode(reading(kubewright, encoding), server, "informers.mjs");
    contenders[`kubewright on http/1.1 in ${encoding}`] = () => startNode(http1, server, "informers.mjs");
    contenders[`kubewright with managedFields in ${encoding}`] = () => startNode(managed, server, "informers.mjs");
    contenders[`client-go in ${encoding}`] = inGo(encoding, false);
    contenders[`client-go in ${encoding}, stripped`] = inGo(encoding, true);
  }
  for (const name of ["client-node", "node:http2", "node:https"] as const) {
    contenders[name] = () => startNode(all[name], server, "informers.mjs");
  }
  return contenders as Contenders;
}
