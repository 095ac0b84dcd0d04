import { expect, test } from "vitest";
import { resourceTables } from "./resource-tables.ts";

test("each generated group has a table with the clients, kinds, verbs and names of its resources", async () => {
  const text = await resourceTables();
  expect(text).toContain('## CoreV1\n\n`v1`: `import { CoreV1 } from "kubewright/core/v1";`\n');
  expect(text).toMatch(/^\| `deployments` \| Deployment \| namespaced \| create, .*watch \| .*scale.* \| deploy \|$/m);
  expect(text).toMatch(/^\| `nodes` \| Node \| cluster \| .*\| no \|$/m);
  expect(text.match(/^## /gm)?.length).toBeGreaterThan(30);
});
