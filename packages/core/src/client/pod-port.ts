import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";
import type { PodPorts } from "./source.ts";

/** Checks a port: a number from 1 to 65,535, or a name as a container's port has it. @throws InputError */
export function checkPort(port: unknown, field: string): void {
  if (typeof port === "number") {
    if (Number.isInteger(port) && port >= 1 && port <= 65_535) return;
    throw new InputError(field, `it must be from 1 to 65535, not ${port}`);
  }
  if (typeof port !== "string")
    throw new InputError(field, `it must be a number or the name of a port, not ${whatItIs(port)}`);
  // As Kubernetes has it: k8s.io/apimachinery pkg/util/validation, IsValidPortName.
  if (/^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(port) && port.length <= 15) return;
  const fix = /^\d+$/.test(port) ? "pass the number" : "it has up to 15 of a-z, 0-9 and -, one of them a letter";
  throw new InputError(field, `${JSON.stringify(port)} is no name of a port; ${fix}`);
}

/** The number of a pod's port, which may be named. @throws InputError for a name that none of its ports has, or one that is not TCP */
export function podPort({ metadata, spec }: PodPorts, port: number | string, field: string): number {
  if (typeof port === "number") return port;
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const named = containers.flatMap(({ ports = [] }) => ports).filter(({ name }) => name !== undefined);
  const found = named.filter(({ name }) => name === port);
  const [first] = found;
  const pod = `pod ${metadata?.name ?? ""}`;
  if (first === undefined) {
    const names = named.length === 0 ? "none" : named.map(({ name }) => name).join(", ");
    throw new InputError(field, `${pod} has no port named ${port}; its named ports: ${names}`);
  }
  const tcp = found.find(({ protocol = "TCP" }) => protocol === "TCP");
  if (tcp === undefined)
    throw new InputError(field, `port ${port} of ${pod} is ${first.protocol}; only TCP can be reached`);
  return tcp.containerPort;
}
