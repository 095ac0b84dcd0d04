// An API server in this process, as an ES module: what it is given, the next one in the same folder finds again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApiServer } from "@kubewright/testing";
import { CoreV1 } from "kubewright/core/v1";

const state = mkdtempSync(join(tmpdir(), "kubewright-consumer-"));
try {
  const first = await startApiServer({ state });
  const maps = (await first.connect()).api(CoreV1).configMaps.in("default");
  const { metadata } = await maps.create({ metadata: { name: "a" } });
  await first.close();
  const second = await startApiServer({ state });
  const found = await (await second.connect()).api(CoreV1).configMaps.in("default").get("a");
  await second.close();
  if (found.metadata.uid !== metadata.uid) throw new Error(`${found.metadata.uid} is not ${metadata.uid}`);
} finally {
  rmSync(state, { recursive: true });
}
