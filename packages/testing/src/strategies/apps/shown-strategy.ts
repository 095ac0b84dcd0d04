import type { Fields } from "../../validation/fields.ts";
import { internalForm } from "../../validation/internal-form.ts";

/** How a Deployment's strategy, or a DaemonSet's, is shown in errors. */
export function shownStrategy(strategy: Fields): Fields | null {
  const rollingUpdate = [
    { name: "MaxUnavailable", zero: 0 },
    { name: "MaxSurge", zero: 0 },
  ];
  return internalForm(strategy, [
    { name: "Type", zero: "" },
    { name: "RollingUpdate", fields: rollingUpdate },
  ]);
}
