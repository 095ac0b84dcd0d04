import type { KubernetesObject, Stored } from "@kubewright/core";
import { objectAt } from "./scripted-source.ts";

type AnyObject = Stored<KubernetesObject>;
/** All objects by name. */
export type State = ReadonlyMap<string, AnyObject>;

/** Where the versions begin: so that there are versions before all that a watch knows. */
export const firstVersion = 100;

/** What led to a version. */
export interface ServerEvent {
  readonly deleted: boolean;
  readonly object: AnyObject;
}

/** A collection on a server, with all its history. */
export class ServerModel {
  version = firstVersion;
  /** What there was at each version, and what led there. */
  readonly states = new Map<number, State>([[firstVersion, new Map()]]);
  readonly events = new Map<number, ServerEvent>();
  #made = 0;

  get state(): State {
    return this.states.get(this.version) ?? new Map<string, AnyObject>();
  }

  write(name: string): void {
    const uid = this.state.get(name)?.metadata.uid ?? `uid ${(this.#made += 1)}`;
    this.#go(name, uid, false);
  }

  remove(name: string): void {
    const object = this.state.get(name);
    if (object !== undefined) this.#go(name, object.metadata.uid, true);
  }

  #go(name: string, uid: string, deleted: boolean): void {
    const state = new Map(this.state);
    this.version += 1;
    // Restored servers give a version a second time, to something else.
    const object = { ...objectAt(name, `${this.version}`, uid), data: (this.#made += 1) } as AnyObject;
    if (deleted) state.delete(name);
    else state.set(name, object);
    this.states.set(this.version, state);
    this.events.set(this.version, { deleted, object });
  }

  restore(version: number): void {
    this.version = version;
  }
}
