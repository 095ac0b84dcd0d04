import { type Cause, internalError } from "../../exchange/refusal.ts";
import { collectionOf } from "../../state/collection-of.ts";
import type { ServerState } from "../../state/server-state.ts";
import { invalidCause } from "../../validation/causes.ts";
import { needsHealthCheck, needsNodePorts, type ServicePort, type ServiceSpec, serviceSpec } from "./service-spec.ts";

// k8s.io/kubernetes pkg/registry/core/service/portallocator, and the ports of storage/alloc.go

const first = 30_000;
const last = 32_767;

/** The ports of all nodes that services have, and those that one is about to get. */
class NodePorts {
  readonly #state: ServerState;
  readonly #taken: Set<number>;

  constructor(state: ServerState) {
    this.#state = state;
    const all = { prefix: "", limit: 0, matches: () => true };
    this.#taken = new Set(
      collectionOf(state, "", "services")
        .page(all)
        .objects.flatMap((one) => portsOf(serviceSpec(one))),
    );
  }

  /** Takes one; gives why it cannot. */
  take(port: number): string | undefined {
    if (port < first || port > last)
      return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
    if (this.#taken.has(port)) return "provided port is already allocated";
    this.#taken.add(port);
    return undefined;
  }

  /** Takes any. @throws Refusal when there is none */
  takeAny(): number {
    const count = last - first + 1;
    const offset = Math.floor(this.#state.clock.random() * count);
    for (let step = 0; step < count; step++) {
      const port = first + ((offset + step) % count);
      if (this.take(port) === undefined) return port;
    }
    throw internalError("failed to allocate a nodePort: range is full");
  }
}

function portsOf({ ports = [], healthCheckNodePort = 0 }: ServiceSpec): readonly number[] {
  return [...ports.map(({ nodePort = 0 }) => nodePort), healthCheckNodePort].filter((port) => port !== 0);
}

/** Gives a Service the ports of nodes that it lacks; gives what is wrong with those that it asks for instead. */
export function fillNodePorts(spec: ServiceSpec, old: ServiceSpec | undefined, state: ServerState): readonly Cause[] {
  const isOnNodes = spec.type === "NodePort" || spec.type === "LoadBalancer";
  const lacksHealthCheck = needsHealthCheck(spec) && (old === undefined || !needsHealthCheck(old));
  if (!isOnNodes) return [];
  const nodePorts = new NodePorts(state);
  const causes = old === undefined ? fillNew(spec, nodePorts) : fillChanged(spec, old, nodePorts);
  if (causes.length === 0 && lacksHealthCheck) fillHealthCheck(spec, nodePorts);
  return causes;
}

/** Ports of the same number, of TCP and UDP, share a port of the nodes. */
function fillNew(spec: ServiceSpec, nodePorts: NodePorts): readonly Cause[] {
  const ports = spec.ports ?? [];
  const given = new Map<number, number>();
  for (const [index, port] of ports.entries()) {
    const { port: number = 0, nodePort = 0 } = port;
    if (nodePort === 0 && !needsNodePorts(spec)) continue;
    const shared = given.get(number);
    if (shared === undefined) {
      const asked = ports.find((one) => one.port === number && (one.nodePort ?? 0) !== 0)?.nodePort;
      if (asked === undefined) port.nodePort = nodePorts.takeAny();
      else {
        const causes = takeFor(index, asked, nodePorts);
        if (causes.length > 0) return causes;
        port.nodePort = asked;
      }
      given.set(number, port.nodePort);
    } else if (nodePort === 0) port.nodePort = shared;
    else if (nodePort !== shared) {
      const causes = takeFor(index, nodePort, nodePorts);
      if (causes.length > 0) return causes;
    }
  }
  return [];
}

function fillChanged(spec: ServiceSpec, old: ServiceSpec, nodePorts: NodePorts): readonly Cause[] {
  const own = new Set(portsOf({ ...old, healthCheckNodePort: 0 }));
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const { nodePort = 0 } = port;
    if (nodePort === 0) {
      if (needsNodePorts(spec)) port.nodePort = nodePorts.takeAny();
    } else if (!own.has(nodePort)) {
      const causes = takeFor(index, nodePort, nodePorts);
      if (causes.length > 0) return causes;
      own.add(nodePort);
    }
  }
  return [];
}

function takeFor(index: number, port: number, nodePorts: NodePorts): readonly Cause[] {
  const why = nodePorts.take(port);
  return why === undefined ? [] : [invalidCause(`spec.ports[${index}].nodePort`, port, why)];
}

function fillHealthCheck(spec: ServiceSpec, nodePorts: NodePorts): void {
  const { healthCheckNodePort = 0 } = spec;
  if (healthCheckNodePort === 0) {
    spec.healthCheckNodePort = nodePorts.takeAny();
    return;
  }
  const why = nodePorts.take(healthCheckNodePort);
  if (why !== undefined)
    throw internalError(`failed to allocate requested HealthCheck NodePort ${healthCheckNodePort}: ${why}`);
}

/** Of what was given before, what a change did not say again (patchAllocatedValues). */
export function keepNodePorts(spec: ServiceSpec, old: ServiceSpec): void {
  if (needsNodePorts(spec) && needsNodePorts(old)) {
    const numbersOf = ({ ports = [] }: ServiceSpec): readonly number[] => ports.map(({ nodePort = 0 }) => nodePort);
    const used = numbersOf(old).filter((port) => port !== 0 && numbersOf(spec).includes(port));
    const before = new Map((old.ports ?? []).map(({ name = "", nodePort = 0 }: ServicePort) => [name, nodePort]));
    for (const port of spec.ports ?? []) {
      const known = before.get(port.name ?? "") ?? 0;
      if ((port.nodePort ?? 0) === 0 && known !== 0 && !used.includes(known)) port.nodePort = known;
    }
  }
  if (needsHealthCheck(spec) && needsHealthCheck(old) && (spec.healthCheckNodePort ?? 0) === 0)
    spec.healthCheckNodePort = old.healthCheckNodePort ?? 0;
}
