import { type Fields, numberIn, objectsIn, textIn } from "../fields.ts";
import { containersOf } from "./pod-parts.ts";

interface Port {
  readonly at: string;
  readonly hostIP: string;
  readonly hostPort: number;
}

/** Ports of a pod that stand in each other's way. */
export function* portWarnings(spec: Fields, at: string): Iterable<string> {
  const ports = [...containersOf(spec, at)].flatMap(([container, place]) =>
    objectsIn(container, "ports").map((port, index) => ({ port, at: `${place}.ports[${index}]` })),
  );
  const known = new Map<string, Port[]>();
  for (const { port, at: place } of ports) {
    const own = { at: place, hostIP: textIn(port, "hostIP"), hostPort: numberIn(port, "hostPort") ?? 0 };
    if (own.hostIP !== "" && own.hostPort === 0) yield `${place}: hostIP set without hostPort: ${goText(port)}`;
    const key = `${numberIn(port, "containerPort") ?? 0}/${textIn(port, "protocol")}`;
    const others = known.get(key) ?? [];
    for (const other of others) {
      const kind = clash(own, other);
      if (kind !== undefined) yield `${place}: ${kind} port definition with ${other.at}`;
    }
    known.set(key, [...others, own]);
  }
  yield* nameWarnings(ports);
}

function clash(a: Port, b: Port): string | undefined {
  if (a.hostIP === b.hostIP && a.hostPort === b.hostPort) return "duplicate";
  if (a.hostPort === 0 || b.hostPort === 0) return "overlapping";
  const isOneOpen = (a.hostIP === "") !== (b.hostIP === "");
  return a.hostPort === b.hostPort && isOneOpen ? "dangerously ambiguous" : undefined;
}

function* nameWarnings(ports: readonly { readonly port: Fields; readonly at: string }[]): Iterable<string> {
  const known = new Map<string, string>();
  for (const { port, at } of ports) {
    const name = textIn(port, "name");
    if (name === "") continue;
    const other = known.get(name);
    if (other === undefined) known.set(name, at);
    else
      yield `${at}: duplicate port name ${JSON.stringify(name)} with ${other}, services and probes that select ports by name will use ${other}`;
  }
}

/** As Go prints the struct. */
function goText(port: Fields): string {
  const { hostPort = 0, containerPort = 0 } = port as { hostPort?: number; containerPort?: number };
  const [name, protocol, hostIP] = ["name", "protocol", "hostIP"].map((field) => textIn(port, field));
  return `{Name:${name!} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol!} HostIP:${hostIP!}}`;
}
