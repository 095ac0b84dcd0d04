import { times, type Row } from "../../row.ts";
import { interleave } from "../../statistics.ts";
import type { Bench } from "../../bench.ts";
import { costText, middle, ratios, type Cost } from "./cost.ts";
import { timedKubectl } from "./kubectl.ts";
import type { Client, Place } from "./place.ts";

const most = { floor: 1.1 };

/** Commands that do nothing, one after another: from the call to the exit code. */
export async function commandRow({ quick, say }: Bench, place: Place): Promise<Row> {
  const count = quick ? 5 : 50;
  say(`${count} commands, one after another`);
  await using stack = new AsyncDisposableStack();
  const each = ({ wall, cpu }: Cost): Cost => ({ wall: wall / count, cpu: cpu / count });
  const measured = async (client: Client): Promise<() => Promise<Cost>> => {
    const process = stack.use(await place.start(client));
    return async () => each(await process.ask<Cost>("commands", { count }));
  };
  const results = await interleave(quick ? 1 : 3, {
    ours: await measured("kubewright"),
    clientNode: await measured("client-node"),
    floor: await measured("ws framing"),
    kubectl: () => timedKubectl(place, ["exec", place.pod, "--", "true"]),
  });
  const [ours, clientNode, floor, kubectl] = ["ours", "clientNode", "floor", "kubectl"].map((name) =>
    middle(results[name]!),
  ) as [Cost, Cost, Cost, Cost];
  const ratio = ratios(ours, floor);
  return {
    what: "exec `true`, until its exit code",
    clientNode: costText(clientNode),
    floor: `ws framing: ${costText(floor)}; kubectl, a process each: ${costText(kubectl)}`,
    ours: costText(ours),
    aim: `≤ ${most.floor} × ws framing`,
    measured: `${times(ratio.wall)}, CPU ${times(ratio.cpu)}, ${times(ours.wall / kubectl.wall)} kubectl`,
    reached: ratio.wall <= most.floor,
    detail: { ours, clientNode, floor, kubectl },
  };
}
