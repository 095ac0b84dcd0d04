import { contestantsOf, type Bench } from "../../bench.ts";
import { startGo, startNode, type InformerProcess } from "./process.ts";

/** Who keeps pods in a cache. */
export type Contender =
  | "kubewright"
  | "kubewright on http/1.1"
  | "kubewright with managedFields"
  | "client-node"
  | "node:http2"
  | "node:https"
  | "client-go"
  | "client-go, stripped"
  | "client-go in protobuf"
  | "client-go in protobuf, stripped";

export type Contenders = Readonly<Record<Contender, () => Promise<InformerProcess>>>;

/** How to start each. What is stripped has a transform that drops managedFields, as Kubewright does unless it is told otherwise. */
export function contendersOf({ installed, server }: Bench, program: string, caFile: string): Contenders {
  const all = contestantsOf(installed);
  const ours = all.kubewright;
  const json = "application/json";
  const protobuf = `application/vnd.kubernetes.protobuf,${json}`;
  const inGo = (contentType: string, strip: boolean) => () =>
    startGo(program, [server.server, caFile, "informers", JSON.stringify({ token: server.token, contentType, strip })]);
  return {
    kubewright: () => startNode(ours, server),
    "kubewright on http/1.1": () => startNode(all["kubewright on http/1.1"], server),
    "kubewright with managedFields": () => startNode({ ...ours, options: { managedFields: true } }, server),
    "client-node": () => startNode(all["client-node"], server),
    "node:http2": () => startNode(all["node:http2"], server),
    "node:https": () => startNode(all["node:https"], server),
    "client-go": inGo(json, false),
    "client-go, stripped": inGo(json, true),
    "client-go in protobuf": inGo(protobuf, false),
    "client-go in protobuf, stripped": inGo(protobuf, true),
  };
}
