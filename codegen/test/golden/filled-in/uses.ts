import type { ApplyOf, Cluster, Stored } from "kubewright";
import { DefaultExampleComV1, type Gate, type GateSpec, type Plain } from "./expected/default.example.com/v1.ts";

declare const cluster: Cluster;
export const short: Gate = { spec: { size: 1, nothing: null } };
export const long: Gate = { spec: { size: 1, nothing: "a", mode: "Manual", deep: { way: "out" }, on: true }, policy: "Drop" };
// @ts-expect-error nothing fills in the size
export const sizeless: Gate = { spec: { nothing: null, mode: "Auto", deep: { way: "in" } } };
// @ts-expect-error a null default fills in nothing
export const nothing: Gate = { spec: { size: 1 } };
// @ts-expect-error a row has a name
export const nameless: Gate = { spec: { size: 1, nothing: null, rows: [{ color: "red" }] } };
export const applied: ApplyOf<Gate> = { metadata: { name: "a" }, spec: { deep: {}, ports: [{ port: 80 }], rows: [{}] } };
// @ts-expect-error the other key of the list is not filled in
export const portless: ApplyOf<Gate> = { metadata: { name: "a" }, spec: { ports: [{ protocol: "UDP" }] } };

export async function reading(desired: GateSpec): Promise<void> {
  const gates = cluster.api(DefaultExampleComV1).gates.in("default");
  const gate: Stored<Gate> = await gates.create(short);
  const texts: string[] = [gate.spec.mode, gate.spec.deep.way, gate.spec.none, gate.policy, gate.status?.phase ?? ""];
  texts.push(...(gate.spec.rows ?? []).map(({ color }) => color));
  texts.push(gate.spec.named?.["a"]?.color ?? "", gate.spec.ports?.[0]?.protocol ?? "");
  const others: [boolean, number] = [gate.spec.on, gate.spec.zero];
  const cpu: string | undefined = gate.limits.cpu;
  // @ts-expect-error an optional field may be missing, whatever its default, once its object was written without defaults
  gate.spec.deep.more.length;
  // What was read can be changed and sent, also by what leaves out what is filled in.
  await gates.modify("a", (found) => {
    found.spec = desired;
    found.spec.mode = undefined;
    found.spec.deep = {};
    delete found.status;
  });
  await gates.update(gate);
  for await (const { spec } of gates.each()) texts.push(spec.mode);
  const plain: Stored<Plain> = await cluster.api(DefaultExampleComV1).plains.get("a");
  texts.push(plain.a, plain.b);
  void [texts, others, cpu];
}
