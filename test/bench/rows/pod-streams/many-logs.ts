import type { Bench } from "../../bench.ts";
import { microseconds, times, type Row } from "../../row.ts";
import { interleave } from "../../statistics.ts";
import { eventually } from "../../../support/eventually.ts";
import { middle, type Cost } from "./cost.ts";
import { timedKubectl } from "./kubectl.ts";
import type { Client, Place } from "./place.ts";

const pods = 40;
const labels = { app: "talks" };
const selector = "app=talks";
const most = { cpu: 0.8 };

/** The logs of many pods, read to their end by one call where the client has one. */
export async function logsRow({ quick, say }: Bench, place: Place): Promise<Row> {
  const each = quick ? 1000 : 20_000;
  const lines = pods * each;
  say(`the logs of ${pods} pods`);
  await talk(place, each);
  const measured = (client: Client) => async (): Promise<Cost> => {
    await using process = await place.start(client);
    return await process.ask<Cost>("logs", { selector, lines }); // before it is let go of
  };
  const results = await interleave(quick ? 1 : 2, {
    ours: measured("kubewright"),
    clientNode: measured("client-node"),
    kubectl: () => timedKubectl(place, ["logs", "-l", selector, "--prefix", "--tail=-1", `--max-log-requests=${pods}`]),
  });
  const [ours, clientNode, kubectl] = ["ours", "clientNode", "kubectl"].map((name) => middle(results[name]!)) as [
    Cost,
    Cost,
    Cost,
  ];
  const text = ({ wall, cpu }: Cost): string =>
    `${Math.round((lines / wall) * 1000)} lines/s, ${microseconds((cpu / lines) * 1000)} CPU each`;
  const ratio = ours.cpu / kubectl.cpu;
  return {
    what: `logs of ${pods} pods, ${lines} lines`,
    clientNode: `${text(clientNode)}, by a call for each pod`,
    floor: `kubectl logs -l --prefix, pod after pod: ${text(kubectl)}`,
    ours: `${text(ours)}, merged by time`,
    aim: `CPU ≤ ${most.cpu} × kubectl, all lines`,
    measured: `CPU ${times(ratio)}, all lines`,
    reached: ratio <= most.cpu,
    detail: { ours, clientNode, kubectl },
  };
}

/** Makes the pods, and waits until each has said all it has to say. */
async function talk({ pods: client, container }: Place, lines: number): Promise<void> {
  // What was written within the last second is read twice, to see whether the end is one; programs do not write all within a second.
  const says = `seq -f '%.0f of what a program says while it works' ${lines - 1}; sleep 3; echo ${lines} is the last; sleep 3600`;
  const names = Array.from({ length: pods }, (_, i) => `talks-${i}`);
  for (const name of names) {
    await client.create({
      metadata: { name, labels },
      spec: {
        containers: [{ name: container, image: "local", command: ["sh", "-c", says] }],
        terminationGracePeriodSeconds: 0,
      },
    });
  }
  const last = async (name: string): Promise<string | undefined> => {
    for await (const line of client.log(name, { tailLines: 1 })) return line;
    return undefined;
  };
  for (const name of names) {
    const done = async (): Promise<true | undefined> => {
      const line = await last(name).catch(() => undefined); // its container has not begun
      return line?.startsWith(`${lines} `) === true ? true : undefined;
    };
    await eventually(done, `${name} has written ${lines} lines`, 120_000);
  }
}
