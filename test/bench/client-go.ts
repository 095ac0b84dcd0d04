import { join } from "node:path";
import { inRoot } from "../../tools/lib/root.ts";
import { buildGo } from "../support/build-go.ts";

/** Builds the program on client-go, into the folder; gives its path. */
export async function buildClientGo(folder: string): Promise<string> {
  const program = join(folder, "client-go");
  await buildGo(inRoot("test", "bench", "client-go"), program);
  return program;
}
