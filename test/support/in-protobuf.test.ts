import { createCluster } from "@kubewright/core";
import { decode, type Encodable, encode, protobuf } from "@kubewright/protobuf";
import { informer } from "@kubewright/runtime";
import { expect, test } from "vitest";
import { rejection } from "./api-request.ts";
import { inProtobuf } from "./in-protobuf.ts";
import { type Pod, podResource } from "./memory-cluster.ts";
import { createMemoryServer } from "./memory-server.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** A pod with all that a real server would have put into it. */
const whole = (pod: unknown): unknown => decode(encode(pod as Encodable));

/** What somebody is told over a server in memory, and the content types of its answers. */
async function played(read: "json" | "protobuf") {
  const clock = createVirtualClock();
  const server = createMemoryServer();
  const types = new Set<string | undefined>();
  const cluster = createCluster({
    clock,
    transport: inProtobuf(server),
    protobuf: () => protobuf,
    encoding: { read },
    interceptors: [
      (next) => async (request) => {
        const response = await next(request);
        types.add(response.headers.get("content-type"));
        return response;
      },
    ],
  });
  const pods = cluster.resource<Pod>(podResource);
  const told: unknown[] = [];
  server.put("a", { labels: { app: "x" }, spec: { nodeName: "n" } });
  const cache = informer(pods);
  cache.subscribe(({ type, object }) => void told.push([type, whole(object)]));
  await clock.settle();
  server.put("b");
  server.put("a", { spec: { nodeName: "é😀" } });
  server.delete("b");
  server.bookmark();
  await clock.settle();
  server.disconnect();
  server.connect();
  server.put("c");
  server.compact();
  await clock.advance(60_000);
  told.push((await clock.run(pods.list())).items.map((pod) => whole(pod)));
  server.refuse(403);
  const error = await clock.run(rejection(pods.list()));
  told.push(String(error), { ...(error as object) });
  await cache.close();
  await cluster.close();
  return { told, types };
}

test("a server in memory says the same in both encodings", async () => {
  const [json, inBoth] = [await played("json"), await played("protobuf")];
  expect(inBoth.told).toEqual(json.told);
  expect(json.told.length).toBeGreaterThan(7);
  expect([...json.types]).toEqual(["application/json"]);
  const type = "application/vnd.kubernetes.protobuf";
  expect(new Set(inBoth.types)).toEqual(new Set([type, `${type};stream=watch`]));
});
