import { isConflict } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { call, done, heading, note } from "../print.ts";
import type { Tour } from "../tour.ts";

/** Two programs change what they read: the second one is told that it read too early. */
export async function updateConflict({ cluster, namespace }: Tour): Promise<void> {
  heading("Updates, and a conflict");
  const configMaps = cluster.api(CoreV1).configMaps.in(namespace);
  call('const read = await configMaps.create({ metadata: { name: "prices" }, data: { apple: "1" } })');
  const read = await configMaps.create({ metadata: { name: "prices" }, data: { apple: "1" } });
  await configMaps.update({ ...read, data: { apple: "2" } });

  call('await configMaps.update({ ...read, data: { apple: "1", pear: "3" } })   // somebody else was faster');
  try {
    await configMaps.update({ ...read, data: { apple: "1", pear: "3" } });
    throw new Error("an older version was let through");
  } catch (error) {
    if (!isConflict(error)) throw error;
    note(`isConflict(error): ${error.message}`);
  }

  call('await configMaps.modify("prices", (now) => ({ ...now, data: { ...now.data, pear: "3" } }))');
  const { data } = await configMaps.modify("prices", (now) => ({ ...now, data: { ...now.data, pear: "3" } }));
  done(`data is ${JSON.stringify(data)}`);
}
