import { isConflict } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { call, done, heading, line, note } from "../print.ts";
import type { Tour } from "../tour.ts";

/** Two managers want the same field: the server says who owns what. */
export async function applyConflict({ cluster, namespace }: Tour): Promise<void> {
  heading("Server-side apply, and a conflict");
  const configMaps = cluster.api(CoreV1).configMaps.in(namespace);

  call(
    'await configMaps.apply({ metadata: { name: "paint" }, data: { door: "green", wall: "white" } }, { fieldManager: "anna" })',
  );
  await configMaps.apply(
    { metadata: { name: "paint" }, data: { door: "green", wall: "white" } },
    { fieldManager: "anna" },
  );
  done("anna owns door and wall");

  const blue = { metadata: { name: "paint" }, data: { door: "blue" } };
  call('await configMaps.apply({ metadata: { name: "paint" }, data: { door: "blue" } }, { fieldManager: "ben" })');
  try {
    await configMaps.apply(blue, { fieldManager: "ben" });
    throw new Error("ben was let through, though anna owns the door");
  } catch (error) {
    if (!isConflict(error)) throw error;
    note(`isConflict(error): ${error.message}`);
    for (const { field, message } of error.status.details?.causes ?? []) line(`  ${field}: ${message}`);
    line("  ben sets another value for a field that anna applied, so the server asks: whose is it?");
    line("  ben can leave the field out, agree with her value and share it, or take it over:");
  }

  call('await configMaps.apply({ … }, { fieldManager: "ben", force: true })');
  const { data, metadata } = await configMaps.apply(blue, { fieldManager: "ben", force: true });
  done(`data is ${JSON.stringify(data)}`);
  for (const { manager, fieldsV1 } of metadata.managedFields ?? []) {
    const fields = (fieldsV1 as { "f:data"?: object } | undefined)?.["f:data"] ?? {};
    const names = Object.keys(fields).filter((name) => name.startsWith("f:"));
    line(`  ${manager} owns ${names.map((name) => name.slice(2)).join(", ")}`);
  }
}
