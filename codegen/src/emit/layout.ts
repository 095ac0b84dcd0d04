import type { Schema } from "../model/model.ts";

/** Where modules lie and how they import each other. */
export interface Layout {
  /** What the modules were made from, for their first line. Default: the group-version, wherever it was read. */
  readonly origin?: string;
  /** Where the types of core are imported from. */
  readonly core: string;
  /** Where the module `from` (`apps/v1`) imports another module's schema from. */
  importOf(from: string, schema: Schema): string;
}

/** The relative path from one module to another: modules are two levels deep, `<group>/<version>`. */
export function relativeModule(from: string, to: string, extension: ".ts" | ".js"): string {
  const [fromGroup] = from.split("/");
  const [toGroup, toVersion] = to.split("/");
  return fromGroup === toGroup ? `./${toVersion}${extension}` : `../${toGroup}/${toVersion}${extension}`;
}
