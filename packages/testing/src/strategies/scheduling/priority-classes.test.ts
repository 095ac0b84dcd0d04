import { SchedulingV1 } from "@kubewright/api/scheduling/v1";
import { createCluster } from "@kubewright/core";
import { expect, test } from "vitest";
import { rejection } from "../../../../../test/support/api-request.ts";
import { createApiServer } from "../../serving/create-api-server.ts";

test("there is one default priority", async () => {
  const cluster = createCluster({ transport: createApiServer().transport() });
  const classes = cluster.api(SchedulingV1).priorityClasses;
  const first = await classes.create({ metadata: { name: "first" }, value: 5, globalDefault: true });
  await classes.update({ ...first, description: "still the default" });
  const second = { metadata: { name: "second" }, value: 6, globalDefault: true };
  expect(await rejection(classes.create(second))).toMatchObject({
    statusCode: 403,
    message: expect.stringContaining("PriorityClass first is already marked as default. Only one default can exist"),
  });
  await classes.delete("first");
  await classes.create(second);
  await cluster.close();
});
