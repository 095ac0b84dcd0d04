import { protocols } from "../../bench.ts";
import { size } from "../../fleet/size.ts";
import { megabytes, milliseconds, times, type Row } from "../../row.ts";
import type { Contender } from "./contenders.ts";
import { perSecond, type All, type Figures, type Stall } from "./measure.ts";

const aims = { floor: 1, sync: 0.6, events: 0.5, stall: 20, peak: 200, heap: 4000 };
const megabyte = 1024 * 1024;

/** Reading all pods into a cache, each told to a handler. */
export function syncRow(all: All): Row {
  const { kubewright: ours } = all;
  const cpu = (of: Contender): number => all[of].sync.cpu;
  const overH2 = cpu("kubewright") / cpu("node:http2");
  const overHttp1 = cpu("kubewright on http/1.1") / cpu("node:https");
  const overClientNode = cpu("kubewright") / cpu("client-node");
  const overGo = cpu("kubewright") / cpu("client-go in protobuf, stripped");
  const { peak, stall } = ours.sync;
  return {
    what: `informer of ${size.pods} pods: from nothing to synced`,
    ...texts(all, ({ sync }) =>
      [`${milliseconds(sync.cpu)} CPU`, milliseconds(sync.wall), `RSS ${megabytes(sync.peak)}`, stallText(sync.stall)]
        .filter((text) => text !== "")
        .join(", "),
    ),
    aim: `CPU ≤ ${aims.floor} × the floor of the protocol and ≤ ${aims.sync} × client-node, stall ≤ ${aims.stall} ms, RSS ≤ ${aims.peak} MB`,
    measured: `CPU ${times(overH2)} (h2), ${times(overHttp1)} (http/1.1), ${times(overClientNode)} client-node, ${times(overGo)} client-go in protobuf, ${stallText(stall)}, RSS ${megabytes(peak)}`,
    reached:
      Math.max(overH2, overHttp1) <= aims.floor &&
      overClientNode <= aims.sync &&
      stall.wall <= aims.stall &&
      peak <= aims.peak * megabyte,
    detail: Object.fromEntries(Object.entries(all).map(([name, { sync }]) => [name, sync])),
  };
}

/** What a pod takes in the cache. */
export function heapRow(all: All): Row {
  const text = (heap: number): string => `${(heap / 1000).toFixed(2)} kB`;
  const ours = all.kubewright.heap;
  return {
    what: "heap of a cached pod",
    ...texts(all, ({ heap }) => text(heap)),
    aim: `≤ ${aims.heap / 1000} kB without managedFields`,
    measured: `${text(ours)}; ${times(ours / all["client-node"].heap)} client-node, ${times(ours / all["client-go, stripped"].heap)} client-go stripped`,
    reached: ours <= aims.heap,
    detail: Object.fromEntries(Object.entries(all).map(([name, { heap }]) => [name, Math.round(heap)])),
  };
}

/** Following changes. */
export function eventRow(all: All): Row {
  const { kubewright: ours } = all;
  const over = (of: Contender, other: Contender): number => all[of].events.cpu / all[other].events.cpu;
  const overClientNode = over("kubewright", "client-node");
  const { lost, stall } = ours.events;
  return {
    what: `an event of a watch of pods, at ${perSecond} a second`,
    ...texts(all, ({ events }) =>
      [
        `${Math.round(events.cpu)} µs CPU`,
        stallText(events.stall),
        events.late > 500 ? `${milliseconds(events.late)} late` : "",
        events.lost > 0 ? `${events.lost} lost` : "",
      ]
        .filter((text) => text !== "")
        .join(", "),
    ),
    aim: `all come, CPU ≤ ${aims.events} × client-node, stall ≤ ${aims.stall} ms`,
    measured: `${lost === 0 ? "all" : `${lost} lost`}, CPU ${times(overClientNode)} client-node, ${times(over("kubewright", "node:http2"))} the floor (h2), ${times(over("kubewright on http/1.1", "node:https"))} (http/1.1), ${stallText(stall)}`,
    reached: lost === 0 && overClientNode <= aims.events && stall.wall <= aims.stall,
    detail: Object.fromEntries(Object.entries(all).map(([name, { events }]) => [name, events])),
  };
}

function stallText({ wall, cpu }: Stall): string {
  return wall === 0 ? "" : `stall ${milliseconds(wall)} (${milliseconds(cpu)} of them CPU)`;
}

/** The cells of a row, each with all contestants of that column. */
function texts(all: All, text: (figures: Figures) => string): Pick<Row, "clientNode" | "floor" | "ours"> {
  const node = (name: Exclude<Contender, `client-go${string}` | "kubewright with managedFields">): string =>
    `${text(all[name])} (${protocols[name]})`;
  const inGo = (name: Contender): string => text(all[name]);
  return {
    clientNode: node("client-node"),
    floor:
      `JSON.parse: ${node("node:http2")}; ${node("node:https")}. ` +
      `client-go (h2): ${inGo("client-go")}; stripped ${inGo("client-go, stripped")}; ` +
      `protobuf ${inGo("client-go in protobuf")}, stripped ${inGo("client-go in protobuf, stripped")}`,
    ours: `${node("kubewright")}; ${node("kubewright on http/1.1")}; with managedFields ${text(all["kubewright with managedFields"])} (h2)`,
  };
}
