import { duringCall, InputError } from "../errors/input-error.ts";
import { shownAs } from "../inspection/shown-as.ts";
import { lateNamespace, resourcePath } from "../request/path.ts";
import { withTexts } from "../selectors/with-texts.ts";
import type { LogLines } from "../stream/log-lines.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
import type { List } from "../types/object.ts";
import type { ListOptions, LogOptions, WatchOptions } from "../types/options.ts";
import type { WatchEvent } from "../types/results.ts";
import type { Wanted } from "../types/wanted.ts";
import { calling, callOf } from "./calling.ts";
import { type Followed, logs, watch } from "./follow.ts";
import { list } from "./read.ts";
import { loadPodStreams, openPodStream } from "./load-pod-streams.ts";
import type { PodTunnels, ResourceSource, SourceConnection } from "./source.ts";
import type { AnyObject } from "./any-object.ts";
import { inNamespaceOf, namespaceOf, shownOf, type Target } from "./target.ts";

/** The source behind the client of a collection. */
export class CollectionSource implements ResourceSource {
  static {
    shownAs(this.prototype, "ResourceSource", (source) => shownOf(source.#target));
  }

  readonly key: string;
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
    // A source keeps the key that it began with; one that is made once the namespace is known has the final one. No path holds a space.
    this.key = `${pathOf(target)}${target.metadataOnly === true ? " metadata" : ""}`;
  }

  get resource(): ResourceDescriptor {
    return this.#target.resource;
  }

  get namespace(): string | undefined {
    return namespaceOf(this.#target);
  }

  get metadataOnly(): boolean {
    return this.#target.metadataOnly === true;
  }

  get connection(): SourceConnection {
    return this.#target.context;
  }

  in(namespace: string): ResourceSource {
    return new CollectionSource(inNamespaceOf(this.#target, namespace));
  }

  pathOf(name: string): string {
    const { resource, namespace } = this.#target;
    if (resource.namespaced && namespace === undefined) {
      throw new InputError("namespace", `${resource.plural} are namespaced; call .in(namespace) for one of them`);
    }
    return pathOf(this.#target, name);
  }

  list(options: ListOptions, wanted: Wanted): Promise<List<AnyObject>> {
    return calling(this.#target, "list", undefined, () => list(this.#target, withTexts(options), reading(wanted)));
  }

  watch(options: Followed<WatchOptions>, wanted: Wanted, opened?: () => void): AsyncIterable<WatchEvent<AnyObject>> {
    try {
      return watch(this.#target, withTexts(options), { ...reading(wanted), opened });
    } catch (error) {
      throw duringCall(error, callOf(this.#target, "watch", undefined));
    }
  }

  async tunnels(): Promise<PodTunnels> {
    const { createPodTunnels } = await loadPodStreams();
    return createPodTunnels(this.#target, openPodStream);
  }

  log(name: string, options: Followed<LogOptions>, opened?: () => void): AsyncIterable<LogLines> {
    return logs(this.#target, name, options, { replay: "never", opened });
  }
}

function pathOf({ context, resource, namespace }: Target, name?: string): string {
  const known = namespace === lateNamespace ? (context.namespace.known ?? namespace) : namespace;
  return resourcePath(resource, known, name);
}

/** When to try again is for whoever follows to say. */
function reading(wanted: Wanted): { readonly wanted: Wanted; readonly replay: "never" } {
  return { wanted, replay: "never" };
}
