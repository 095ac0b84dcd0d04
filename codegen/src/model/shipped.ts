import { shipped } from "../gen/shipped.ts";
import { builtInModule } from "./owners.ts";

/** True for the modules of kubewright, such as `apps/v1`. */
export function isShippedModule(module: string): boolean {
  return Object.hasOwn(shipped, module);
}

/** True for a schema whose type a module of kubewright exports. A newer cluster knows more of them than this version does. */
export function isShippedSchema(fullName: string, typeName: string = lastPart(fullName)): boolean {
  const module = builtInModule(fullName);
  return module !== undefined && shipped[module]?.includes(typeName) === true;
}

function lastPart(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf(".") + 1);
}
