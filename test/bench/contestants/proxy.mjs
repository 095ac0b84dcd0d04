// A proxy between pages and a cluster, as its users run it. Argument: a kubeconfig. Says its port; ends when it is disconnected.
import { createServer } from "node:http";
import { createProxy } from "@kubewright/proxy";
import { connect } from "kubewright";

const proxy = createProxy({ cluster: await connect({ kubeconfig: process.argv[2] }) });
const server = createServer(proxy);
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit());
