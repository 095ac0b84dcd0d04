import { encodingNames, protocols, type Encoding } from "../../bench.ts";
import { size } from "../../fleet/size.ts";
import { megabytes, milliseconds, times, type Comparison, type Row } from "../../row.ts";
import type { Contender, Reader } from "./contenders.ts";
import type { Measured } from "./measure.ts";

const aims = {
  json: { floor: 1.05, clientNode: 0.6 },
  protobuf: { json: 0.8, clientNode: 0.3 },
  stall: 20,
  list: 300,
  each: 120,
};
const megabyte = 1024 * 1024;

type Phase = "cold" | "warm";

/** Reading in JSON. */
export function jsonRow(measured: Measured): Row {
  const { json } = aims;
  const over = ratios(measured, "cold");
  const overH2 = over("kubewright in json", "node:http2 in json");
  const overHttp1 = over("kubewright on http/1.1 in json", "node:https in json");
  const overClientNode = over("kubewright on http/1.1 in json", "client-node in json");
  return row(measured, "json", {
    aim: `CPU ≤ ${json.floor} × the floor of the protocol and ≤ ${json.clientNode} × client-node`,
    measured: `CPU ${times(overH2)} (h2), ${times(overHttp1)} (http/1.1), ${times(overClientNode)} client-node`,
    reached: Math.max(overH2, overHttp1) <= json.floor && overClientNode <= json.clientNode,
  });
}

/** Reading in protobuf: the same objects. */
export function protobufRow(measured: Measured): Row {
  const { protobuf } = aims;
  const phases: readonly Phase[] = measured.task === "list" ? ["cold", "warm"] : ["cold"];
  const found = phases.map((phase) => {
    const over = ratios(measured, phase);
    const overJson = over("kubewright in protobuf", "kubewright in json");
    const overHttp1 = over("kubewright on http/1.1 in protobuf", "kubewright on http/1.1 in json");
    const overClientNode = over("kubewright on http/1.1 in protobuf", "client-node in json");
    const overGo = over("kubewright in protobuf", "client-go in protobuf");
    const overProtobufjs = over("kubewright in protobuf", "node:http2 in protobuf");
    return {
      measured: `${phase} CPU ${times(overJson)} JSON (h2), ${times(overHttp1)} (http/1.1), ${times(overClientNode)} client-node, ${times(overProtobufjs)} protobufjs, ${times(overGo)} client-go`,
      reached: Math.max(overJson, overHttp1) <= protobuf.json && overClientNode <= protobuf.clientNode,
    };
  });
  return row(measured, "protobuf", {
    aim: `CPU ≤ ${protobuf.json} × in JSON and ≤ ${protobuf.clientNode} × client-node`,
    measured: found.map(({ measured: text }) => text).join("; "),
    reached: found.every(({ reached }) => reached),
  });
}

/** What protobuf saves Kubewright. */
export function comparison(measured: Measured): Comparison {
  const cell = (encoding: Encoding): string => {
    const { cold, warm } = measured.costs[`kubewright in ${encoding}`];
    const again = warm === undefined ? "" : `, again ${milliseconds(warm.cpu)}`;
    return `${milliseconds(cold.cpu)} CPU${again}, ${megabytes(measured.bytes[encoding])}, +${megabytes(cold.peak)} RSS`;
  };
  const phases: readonly Phase[] = measured.task === "list" ? ["cold", "warm"] : ["cold"];
  const ratio = phases.map((phase) => times(ratios(measured, phase)("kubewright in protobuf", "kubewright in json")));
  return {
    what: titleOf(measured),
    json: cell("json"),
    protobuf: cell("protobuf"),
    ratio: `CPU ${ratio.join(", again ")}`,
  };
}

function ratios({ costs }: Measured, phase: Phase): (ours: Contender, other: Contender) => number {
  const cpu = (of: Contender): number => costs[of][phase]?.cpu ?? NaN;
  return (ours, other) => cpu(ours) / cpu(other);
}

function titleOf({ task, gzip }: Measured): string {
  const what = task === "list" ? `list of ${size.pods} pods` : `each of ${size.pods} pods, in pages of 500`;
  return gzip ? `${what}, compressed` : what;
}

/** A row with what is judged alike in both encodings. */
function row(measured: Measured, encoding: Encoding, judged: Pick<Row, "aim" | "measured" | "reached">): Row {
  const { task, bytes, costs } = measured;
  const text = (reader: Reader, as: Encoding = encoding): string => {
    const { cold, warm } = costs[`${reader} in ${as}` as Contender];
    const again = warm === undefined ? "" : ` (again ${milliseconds(warm.cpu)})`;
    const delay = cold.stall === undefined ? "" : `, stall ${milliseconds(cold.stall)}`;
    const protocol = reader === "client-go" ? "h2" : protocols[reader];
    return `${milliseconds(cold.cpu)} CPU${again}, ${milliseconds(cold.wall)}, +${megabytes(cold.peak)}${delay} (${protocol})`;
  };
  const floor = encoding === "json" ? "JSON.parse" : "protobufjs";
  const { cold } = costs[`kubewright in ${encoding}`];
  const stall = cold.stall ?? 0;
  return {
    what: `${titleOf(measured)}, ${megabytes(bytes[encoding])} of ${encodingNames[encoding]}`,
    clientNode: `${text("client-node", "json")}${encoding === "json" ? "" : ", in JSON"}`,
    floor: `${floor}: ${text("node:http2")}; ${text("node:https")}. client-go: ${text("client-go")}`,
    ours: `${text("kubewright")}; ${text("kubewright on http/1.1")}`,
    aim: `${judged.aim}, stall ≤ ${aims.stall} ms, ≤ +${aims[task]} MB`,
    measured: `${judged.measured}, stall ${milliseconds(stall)}, +${megabytes(cold.peak)}`,
    reached: judged.reached && stall <= aims.stall && cold.peak <= aims[task] * megabyte,
    detail: Object.fromEntries(Object.entries(costs).filter(([name]) => name.endsWith(encoding))),
  };
}
