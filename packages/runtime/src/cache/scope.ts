import { InputError, type ResourceSource, text } from "@kubewright/core";
import { resourceName } from "../watch/resource-name.ts";

/** Where the objects of an informer live, and what that is called in messages. */
export class Scope {
  readonly #source: ResourceSource;
  readonly #several: readonly string[] | undefined;

  /** `several`: the only namespaces that count. @throws InputError where there are none, or one is chosen already */
  constructor(source: ResourceSource, several: readonly string[] | undefined) {
    this.#source = source;
    this.#several = several;
    if (several === undefined) return;
    this.#refuseWithoutNamespaces("namespaces");
    if (placeOf(source) !== "all")
      throw new InputError(
        "namespaces",
        "the client is in one namespace already; pass the one across all, without in()",
      );
  }

  /** One source for each watch, by the namespace that it is of; undefined for the only one. */
  sources(): ReadonlyMap<string | undefined, ResourceSource> {
    if (this.#several === undefined) return new Map([[undefined, this.#source]]);
    return new Map(this.#several.map((namespace) => [namespace, this.#source.in(namespace)]));
  }

  /**
   * The key of an object; undefined while the connection's namespace is not known, for then there are no objects.
   * @throws InputError where the namespace is missing, or is not looked at
   */
  keyOf(name: string, namespace: string | undefined): string | undefined {
    if (text(name, "name") === "") throw new InputError("name", "it is empty; list() gives all objects");
    this.within(namespace);
    if (!this.#source.resource.namespaced) return name;
    if (namespace !== undefined) return `${namespace}/${name}`;
    const place = this.#several === undefined ? placeOf(this.#source) : "all";
    if (place === "late") return undefined;
    if (place !== "all") return `${place.namespace}/${name}`;
    throw new InputError(
      "namespace",
      `it is needed, for ${this.describe()} may have the same name; call get(name, namespace)`,
    );
  }

  /**
   * The namespace to look in, where it is not all there is anyway. One that is not looked at is refused: that nothing is found there
   * would say nothing. @throws InputError
   */
  within(namespace: string | undefined): string | undefined {
    if (namespace === undefined) return undefined;
    text(namespace, "namespace");
    this.#refuseWithoutNamespaces("namespace");
    const place = placeOf(this.#source);
    const only = this.#several ?? (typeof place === "object" ? [place.namespace] : undefined);
    if (only !== undefined && !only.includes(namespace))
      throw new InputError(
        "namespace",
        `this informer follows ${this.describe()} only, not ${JSON.stringify(namespace)}`,
      );
    return only?.length === 1 ? undefined : namespace;
  }

  /** Such as `deployments.apps in shop`. */
  describe(): string {
    const { resource } = this.#source;
    const what = resourceName(resource);
    if (!resource.namespaced) return what;
    if (this.#several !== undefined) return `${what} in ${this.#several.join(", ")}`;
    const place = placeOf(this.#source);
    if (place === "all") return `${what} in all namespaces`;
    return `${what} in ${place === "late" ? "the connection's namespace" : place.namespace}`;
  }

  #refuseWithoutNamespaces(field: string): void {
    const { plural, namespaced } = this.#source.resource;
    if (!namespaced) throw new InputError(field, `${plural} live outside namespaces; leave it out`);
  }
}

/** The namespace of a source; `late` while it is the connection's, which is not known before the first request. */
function placeOf(source: ResourceSource): { readonly namespace: string } | "all" | "late" {
  try {
    const { namespace } = source;
    return namespace === undefined ? "all" : { namespace };
  } catch (error) {
    if (error instanceof InputError) return "late";
    throw error;
  }
}
