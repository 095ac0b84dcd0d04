import { pick } from "../../chance.ts";
import type { Sequence } from "../../exchange.ts";
import { container } from "./bases.ts";

/** What leads to a kubelet, on a server where nodes have none. */
const connecting: Sequence = async ({ send }, chance, namespace) => {
  const path = `/api/v1/namespaces/${namespace}`;
  const node = `node-of-${namespace}`;
  await send({ method: "POST", path: "/api/v1/nodes", body: { metadata: { name: node } } });
  const make = (name: string, nodeName: string | undefined, ...names: readonly string[]): Promise<unknown> => {
    const spec = {
      automountServiceAccountToken: false,
      nodeName,
      containers: names.map((one) => container({ name: one })),
    };
    return send({ method: "POST", path: `${path}/pods`, body: { metadata: { name }, spec } });
  };
  await make("free", undefined, "a");
  await make("two", pick(chance, [undefined, node]), "a", "c");
  await make("lost", "no-such-node", "a");
  await make("bound", node, "a");
  const pod = (): string => pick(chance, ["free", "two", "lost", "bound", "none"]);
  const options = ["", "?container=a", "?container=x"];
  for (let times = 0; times < 3; times++) {
    await send({ method: "GET", path: `${path}/pods/${pod()}/log${pick(chance, options)}` });
    await send({
      method: "GET",
      path: `${path}/pods/${pod()}/${pick(chance, ["exec", "attach"])}${pick(chance, options)}`,
    });
  }
  const wrong = [
    "tailLines=-1&limitBytes=0",
    "sinceSeconds=0",
    "tailLines=x",
    "sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z",
    "stream=All",
  ];
  await send({ method: "GET", path: `${path}/pods/free/log?${pick(chance, wrong)}` });
  await send({ method: "POST", path: `${path}/pods/${pod()}/portforward?ports=80` });
  await send({
    method: "GET",
    path: `${path}/pods/${pick(chance, ["free", "bound", "none", "http:free:80", "http:a:b:c"])}/proxy`,
  });
  await send({ method: "GET", path: `${path}/services/${pick(chance, ["none", "https:none:80"])}/proxy` });
  await send({
    method: "GET",
    path: `/api/v1/nodes/${pick(chance, [node, `${node}:10250`, "no-such-node"])}/proxy/healthz`,
  });
  for (const name of ["lost", "bound", "two"])
    await send({ method: "DELETE", path: `${path}/pods/${name}?gracePeriodSeconds=0` });
  await send({ method: "DELETE", path: `/api/v1/nodes/${node}` });
};

/** What is at the other end of the server. */
export const connectionCells: Readonly<Record<string, Sequence>> = { "pods: connections": connecting };
