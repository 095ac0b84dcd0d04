import { isInvalid } from "kubewright";
import { call, done, heading, note, table } from "../print.ts";
import type { Tour } from "../tour.ts";
import type { GeneratedModule } from "./generate-clients.ts";

/** The custom resource through its generated client: the same verbs, its own types. */
export async function customResource({ cluster, namespace }: Tour, generated: GeneratedModule): Promise<void> {
  heading("The custom resource, typed");
  const { lighthouses: everywhere } = cluster.api(generated.TourKubewrightDevV1);
  const lighthouses = everywhere.in(namespace);

  call('await lighthouses.create({ metadata: { name: "pharos" }, spec: { height: 100, light: { colour: "white" } } })');
  const pharos = await lighthouses.create({
    metadata: { name: "pharos" },
    spec: { height: 100, light: { colour: "white" } },
  });
  done(
    `${pharos.kind} ${pharos.metadata.name} flashes every ${pharos.spec.light.periodSeconds} s, by the schema's default`,
  );

  call('await lighthouses.status.patch("pharos", { merge: { status: { lit: true } } })');
  await lighthouses.status.patch("pharos", { merge: { status: { lit: true } } });

  call('await lighthouses.patch("pharos", { merge: { spec: { height: 0 } } })');
  try {
    await lighthouses.patch("pharos", { merge: { spec: { height: 0 } } });
    throw new Error("the server took a height of 0, against the schema");
  } catch (error) {
    if (!isInvalid(error)) throw error;
    note(`isInvalid(error): ${error.message}`);
  }

  call("await lighthouses.table()");
  const { columnDefinitions, rows } = await lighthouses.table();
  table(
    columnDefinitions.map(({ name }) => name),
    rows.map(({ cells }) => cells),
  );
}
