import {
  InputError,
  labelSelectorText,
  plainObject,
  podStreamRules,
  queryOf,
  text,
  unsent,
  whatItIs,
  type LabelSelectorInput,
  type PodPorts,
  type PodStreamOptions,
  type ReadableObject,
  type ResourceView,
  type RulesFor,
} from "@kubewright/core";
import { isIP } from "node:net";

/** The pods of one namespace, as far as forwarding needs them: `cluster.api(CoreV1).pods.in("shop")`. */
export interface ForwardedPods extends ResourceView {
  /** Reads one pod. */
  get(name: string, options?: PodStreamOptions): Promise<ForwardedPod>;
  /** Reads those that a selector chooses. */
  list(
    options?: PodStreamOptions & { readonly labelSelector?: LabelSelectorInput | undefined },
  ): Promise<{ readonly items: readonly ForwardedPod[] }>;
}

/** What is read of a pod. */
export interface ForwardedPod extends ReadableObject {
  /** Which pod it is, and since when. */
  readonly metadata: NonNullable<ReadableObject["metadata"]> & {
    readonly name: string;
    readonly uid: string;
    readonly creationTimestamp: string;
  };
  /** The ports of its containers. */
  readonly spec?: PodPorts["spec"];
}

/** To which pods connections go: to the one of this name, or to a ready one of those that the selector chooses. */
export type ForwardTarget = string | { readonly labelSelector: LabelSelectorInput };

/** A port here, and the port of the pod behind it. */
export interface ForwardedPort {
  /** The port to listen on, from 1 to 65,535; 0 for any that is free. */
  readonly local: number;
  /** The pod's port: its number, or the name that it has in the pod, which may be another number in each. */
  readonly remote: number | string;
}

/**
 * Options of `portForward`. `timeoutMs` bounds the making of each connection, and the first look for a pod; `signal` ends the forward,
 * with all of its connections.
 */
export interface PortForwardOptions extends PodStreamOptions {
  /** What is forwarded. */
  readonly ports: readonly ForwardedPort[];
  /** The IP address to listen on. Default: `127.0.0.1`, and `::1` where there is one. Others can be reached from other machines. */
  readonly address?: string | undefined;
  /** How many connections there are at once; more wait. Default 100. */
  readonly maxConnections?: number | undefined;
  /** Told of each connection that could not be made, or that broke. The local end has been reset then. Default: nobody is. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

const rules: RulesFor<PortForwardOptions> = {
  ...podStreamRules,
  ports: unsent(portsIn),
  address: unsent(ipAddress),
  maxConnections: unsent(atLeastOne),
  onError: unsent(aFunction),
};

/** @throws InputError for what is wrong, but for names of ports */
export function checkOptions(target: unknown, options: unknown): void {
  if (typeof target !== "string") {
    const { labelSelector, ...others } = plainObject(target, "target");
    const [other] = Object.keys(others);
    if (other !== undefined) throw new InputError(`target.${other}`, "there is no such field; it has a labelSelector");
    if (labelSelector === undefined)
      throw new InputError("target", 'it must be the name of a pod, or { labelSelector: "app=web" }');
    if (labelSelectorText(labelSelector as LabelSelectorInput) === "")
      throw new InputError("target.labelSelector", "it is empty, and would choose every pod");
  } else if (target === "") throw new InputError("target", "it is empty; give the name of a pod");
  const { ports } = plainObject(options, "options");
  queryOf(rules, options as object);
  if (ports === undefined) throw new InputError("ports", 'it is needed, such as [{ local: 8080, remote: "http" }]');
}

function portsIn(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw new InputError(field, `it must be a list, not ${whatItIs(value)}`);
  if (value.length === 0)
    throw new InputError(field, 'it is empty; give a port, such as { local: 8080, remote: "http" }');
  const taken = new Set<unknown>();
  for (const [index, one] of value.entries()) {
    const at = `${field}[${index}]`;
    const { local, remote: _, ...others } = plainObject(one, at);
    const [other] = Object.keys(others);
    if (other !== undefined)
      throw new InputError(`${at}.${other}`, "there is no such field; a port has local and remote");
    if (!Number.isInteger(local) || (local as number) < 0 || (local as number) > 65_535)
      throw new InputError(`${at}.local`, `it must be a number from 0 to 65535, not ${shown(local)}`);
    if (local !== 0 && taken.has(local)) throw new InputError(`${at}.local`, `${String(local)} is listened on already`);
    taken.add(local);
  }
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : whatItIs(value);
}

function ipAddress(value: unknown, field: string): void {
  const given = text(value, field) as string;
  if (isIP(given) === 0) throw new InputError(field, `${JSON.stringify(given)} is no IP address, such as "0.0.0.0"`);
}

function atLeastOne(value: unknown, field: string): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw new InputError(field, "it must be a whole number of at least 1");
}

function aFunction(value: unknown, field: string): void {
  if (typeof value !== "function") throw new InputError(field, `it must be a function, not ${whatItIs(value)}`);
}
