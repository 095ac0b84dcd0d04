import type { Clock } from "@kubewright/core";
import { type Cause, internalError } from "../../exchange/refusal.ts";
import { collectionOf } from "../../state/collection-of.ts";
import type { ServerState } from "../../state/server-state.ts";
import { invalidCause } from "../../validation/causes.ts";
import { textsIn, objectIn } from "../../validation/fields.ts";
import { canonicalIp, parseIp } from "../../validation/ip.ts";
import { isHeadless, needsAddress, type ServiceSpec } from "./service-spec.ts";

// k8s.io/kubernetes pkg/registry/core/service/ipallocator. An address is taken while there is an IPAddress of its name.

/** A range of IPv4 addresses that services may have. */
interface Range {
  readonly text: string;
  /** Of the network itself, as a number. */
  readonly start: number;
  readonly size: number;
}

/** Gives a Service the addresses that it lacks; gives what is wrong with those that it asks for instead. */
export function fillAddresses(spec: ServiceSpec, old: ServiceSpec | undefined, state: ServerState): readonly Cause[] {
  if (!needsAddress(spec) || isHeadless(spec)) return [];
  if (old !== undefined && needsAddress(old)) return [];
  const ips = [...(spec.clusterIPs ?? [])];
  for (const index of (spec.ipFamilies ?? []).keys()) {
    const asked = ips[index];
    if (asked === undefined) ips[index] = anyAddress(state);
    else {
      const why = unavailable(asked, state);
      if (why !== undefined)
        return [invalidCause("spec.clusterIPs", spec.clusterIPs, `failed to allocate IP ${asked}: ${why}`)];
    }
  }
  spec.clusterIPs = ips;
  spec.clusterIP = ips[0]!;
  return [];
}

/** Why a Service cannot have an address. */
function unavailable(ip: string, state: ServerState): string | undefined {
  const address = numberOf(ip);
  const range = rangesOf(state).find(({ start, size }) => address >= start && address < start + size);
  if (range === undefined) return "the provided network does not match the current range";
  if (address === range.start || address === range.start + range.size - 1)
    return `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${range.text}`;
  return isTaken(address, state) ? "provided IP is already allocated" : undefined;
}

/** One that nobody has. @throws Refusal when there is none */
function anyAddress(state: ServerState): string {
  for (const { start, size } of rangesOf(state)) {
    // Without those of the network itself and of broadcasts.
    const usable = size - 2;
    const offset = random(usable, state.clock);
    for (let step = 0; step < usable; step++) {
      const address = start + 1 + ((offset + step) % usable);
      if (!isTaken(address, state)) return textOf(address);
    }
  }
  throw internalError("failed to allocate a serviceIP for Service: range is full");
}

function random(below: number, clock: Clock): number {
  return Math.floor(clock.random() * below);
}

function isTaken(address: number, state: ServerState): boolean {
  return collectionOf(state, "networking.k8s.io", "ipaddresses").get(textOf(address)) !== undefined;
}

/** Of every ServiceCIDR that stays. */
function rangesOf(state: ServerState): readonly Range[] {
  const all = { prefix: "", limit: 0, matches: () => true };
  return collectionOf(state, "networking.k8s.io", "servicecidrs")
    .page(all)
    .objects.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .flatMap((one) => textsIn(objectIn(one, "spec"), "cidrs"))
    .flatMap((text) => {
      const [ip = "", bits = ""] = text.split("/");
      return parseIp(ip)?.family === 4 ? [{ text, start: numberOf(ip), size: 2 ** (32 - Number(bits)) }] : [];
    });
}

function numberOf(ip: string): number {
  const parsed = parseIp(ip);
  return parsed?.family === 4 ? parsed.parts.reduce((sum, part) => sum * 256 + part, 0) : -1;
}

function textOf(address: number): string {
  const parts = [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256);
  return canonicalIp({ family: 4, parts, hasLeadingZeros: false });
}
