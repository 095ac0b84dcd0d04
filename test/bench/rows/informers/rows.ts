import { encodingNames, encodings, type Encoding } from "../../bench.ts";
import { size } from "../../fleet/size.ts";
import { megabytes, microseconds, milliseconds, times, type Comparison, type Row } from "../../row.ts";
import type { Contender } from "./contenders.ts";
import { perSecond, type All, type Figures, type Stall } from "./measure.ts";

const aims = {
  floor: 1,
  clientNode: 0.6,
  goWall: 1,
  goCold: 1.8,
  goWarm: 1,
  events: 0.5,
  stall: 20,
  peak: 200,
  heap: 4000,
};
const megabyte = 1024 * 1024;

/** Reading all pods into a cache in JSON, each told to a handler. */
export function jsonSyncRow(all: All): Row {
  const over = (ours: Contender, other: Contender): number => all[ours].sync.cpu / all[other].sync.cpu;
  const overH2 = over("kubewright in json", "node:http2");
  const overHttp1 = over("kubewright on http/1.1 in json", "node:https");
  const overClientNode = over("kubewright on http/1.1 in json", "client-node");
  return syncRow(all, "json", {
    aim: `CPU ≤ ${aims.floor} × the floor of the protocol and ≤ ${aims.clientNode} × client-node`,
    measured: `CPU ${times(overH2)} (h2), ${times(overHttp1)} (http/1.1), ${times(overClientNode)} client-node`,
    reached: Math.max(overH2, overHttp1) <= aims.floor && overClientNode <= aims.clientNode,
  });
}

/** The same in protobuf, beside client-go, which drops managedFields too. */
export function protobufSyncRow(all: All): Row {
  const { [`kubewright in protobuf`]: ours, [`client-go in protobuf, stripped`]: go } = all;
  const wall = ours.sync.wall / go.sync.wall;
  const cold = ours.sync.cpu / go.sync.cpu;
  const warm = ours.resync.cpu / go.resync.cpu;
  const overJson = ours.sync.cpu / all["kubewright in json"].sync.cpu;
  const overClientNode = all["kubewright on http/1.1 in protobuf"].sync.cpu / all["client-node"].sync.cpu;
  return syncRow(all, "protobuf", {
    aim: `≤ ${aims.goWall} × client-go in wall time, CPU ≤ ${aims.goCold} ×, again ≤ ${aims.goWarm} ×`,
    measured: `${times(wall)} client-go, CPU ${times(cold)}, again ${times(warm)} (must ≤ 1.3 ×); ${times(overJson)} JSON, ${times(overClientNode)} client-node`,
    reached: wall <= aims.goWall && cold <= aims.goCold && warm <= aims.goWarm,
  });
}

function syncRow(all: All, encoding: Encoding, judged: Pick<Row, "aim" | "measured" | "reached">): Row {
  const { peak, stall } = all[`kubewright in ${encoding}`].sync;
  const text = ({ sync, resync }: Figures): string =>
    [
      `${milliseconds(sync.cpu)} CPU (again ${milliseconds(resync.cpu)})`,
      `${milliseconds(sync.wall)} (again ${milliseconds(resync.wall)})`,
      `RSS ${megabytes(sync.peak)}`,
      stallText(sync.stall),
    ]
      .filter((part) => part !== "")
      .join(", ");
  return {
    what: `informer of ${size.pods} pods in ${encodingNames[encoding]}: from nothing to synced`,
    ...cells(all, encoding, text),
    aim: `${judged.aim}, stall ≤ ${aims.stall} ms, RSS ≤ ${aims.peak} MB`,
    measured: `${judged.measured}, ${stallText(stall)}, RSS ${megabytes(peak)}`,
    reached: judged.reached && stall.wall <= aims.stall && peak <= aims.peak * megabyte,
    detail: detail(all, encoding, ({ sync, resync }) => ({ sync, resync })),
  };
}

/** What a pod takes in the cache. */
export function heapRow(all: All): Row {
  const kilobytes = (heap: number): string => `${(heap / 1000).toFixed(2)} kB`;
  const text = ({ heap }: Figures): string => kilobytes(heap);
  const [json, protobuf] = encodings.map((encoding) => all[`kubewright in ${encoding}`].heap) as [number, number];
  const inEach = encodings.map((encoding) => cells(all, encoding, text));
  return {
    what: "heap of a cached pod",
    clientNode: inEach[0]!.clientNode,
    floor: inEach.map(({ floor }, i) => `${encodingNames[encodings[i]!]}: ${floor}`).join(". "),
    ours: inEach.map(({ ours }, i) => `${encodingNames[encodings[i]!]}: ${ours}`).join(". "),
    aim: `≤ ${aims.heap / 1000} kB without managedFields`,
    measured: `JSON ${kilobytes(json)}, protobuf ${kilobytes(protobuf)}; ${times(protobuf / all["client-node"].heap)} client-node, ${times(protobuf / all["client-go in protobuf, stripped"].heap)} client-go stripped`,
    reached: Math.max(json, protobuf) <= aims.heap,
    detail: Object.fromEntries(Object.entries(all).map(([name, { heap }]) => [name, Math.round(heap)])),
  };
}

/** Following changes. */
export function eventRow(all: All, encoding: Encoding): Row {
  const over = (ours: Contender, other: Contender): number => all[ours].events.cpu / all[other].events.cpu;
  const overClientNode = over(`kubewright on http/1.1 in ${encoding}`, "client-node");
  const { lost, stall } = all[`kubewright in ${encoding}`].events;
  const text = ({ events }: Figures): string =>
    [
      `${microseconds(events.cpu)} CPU`,
      stallText(events.stall),
      events.late > 500 ? `${milliseconds(events.late)} late` : "",
      events.lost > 0 ? `${events.lost} lost` : "",
    ]
      .filter((part) => part !== "")
      .join(", ");
  const others =
    encoding === "json"
      ? `${times(over("kubewright in json", "node:http2"))} the floor (h2), ${times(over("kubewright on http/1.1 in json", "node:https"))} (http/1.1)`
      : `${times(over("kubewright in protobuf", "kubewright in json"))} JSON, ${times(over("kubewright in protobuf", "client-go in protobuf, stripped"))} client-go`;
  return {
    what: `an event of a watch of pods in ${encodingNames[encoding]}, at ${perSecond} a second`,
    ...cells(all, encoding, text),
    aim: `all come, CPU ≤ ${aims.events} × client-node, stall ≤ ${aims.stall} ms`,
    measured: `${lost === 0 ? "all" : `${lost} lost`}, CPU ${times(overClientNode)} client-node, ${others}, ${stallText(stall)}`,
    reached: lost === 0 && overClientNode <= aims.events && stall.wall <= aims.stall,
    detail: detail(all, encoding, ({ events }) => events),
  };
}

/** What protobuf saves Kubewright. */
export function comparisons(all: All): readonly Comparison[] {
  const { "kubewright in json": json, "kubewright in protobuf": protobuf } = all;
  const syncText = ({ sync, resync }: Figures): string =>
    `${milliseconds(sync.cpu)} CPU, again ${milliseconds(resync.cpu)}, ${milliseconds(sync.wall)}, RSS ${megabytes(sync.peak)}`;
  const heapText = ({ heap }: Figures): string => `${(heap / 1000).toFixed(2)} kB`;
  const eventText = ({ events }: Figures): string => `${microseconds(events.cpu)} CPU`;
  const line = (what: string, text: (figures: Figures) => string, ratio: string): Comparison => {
    return { what, json: text(json), protobuf: text(protobuf), ratio };
  };
  const cpu = times(protobuf.sync.cpu / json.sync.cpu);
  const again = times(protobuf.resync.cpu / json.resync.cpu);
  return [
    line(`informer of ${size.pods} pods, from nothing to synced`, syncText, `CPU ${cpu}, again ${again}`),
    line("an event of a watch of pods", eventText, times(protobuf.events.cpu / json.events.cpu)),
    line("heap of a cached pod", heapText, times(protobuf.heap / json.heap)),
  ];
}

function stallText({ wall, cpu }: Stall): string {
  return wall === 0 ? "" : `stall ${milliseconds(wall)} (${milliseconds(cpu)} of them CPU)`;
}

/** The cells of a row in one encoding, each with all contestants of that column. */
function cells(
  all: All,
  encoding: Encoding,
  text: (figures: Figures) => string,
): Pick<Row, "clientNode" | "floor" | "ours"> {
  const of = (name: Contender): string => text(all[name]);
  const floor = encoding === "json" ? `JSON.parse: ${of("node:http2")} (h2); ${of("node:https")} (http/1.1). ` : "";
  return {
    clientNode: `${of("client-node")} (http/1.1)${encoding === "json" ? "" : ", in JSON"}`,
    floor: `${floor}client-go (h2): ${of(`client-go in ${encoding}`)}; stripped ${of(`client-go in ${encoding}, stripped`)}`,
    ours: `${of(`kubewright in ${encoding}`)} (h2); ${of(`kubewright on http/1.1 in ${encoding}`)} (http/1.1); with managedFields ${of(`kubewright with managedFields in ${encoding}`)} (h2)`,
  };
}

/** The figures of those who read in one encoding. */
function detail(all: All, encoding: Encoding, of: (figures: Figures) => unknown): unknown {
  const other = encodings.find((one) => one !== encoding)!;
  const named = Object.entries(all).filter(([name]) => !name.includes(` in ${other}`));
  return Object.fromEntries(named.map(([name, figures]) => [name, of(figures)]));
}
