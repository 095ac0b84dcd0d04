import { connect } from "kubewright";

// A program that asks for much at once over HTTP/1.1: how often comes as an argument, the cluster as KUBECONFIG. Prints how many
// answers came.

const [count] = process.argv.slice(2);
const cluster = await connect({ protocol: "http/1.1" });
const all = await Promise.all(Array.from({ length: Number(count) }, () => cluster.version()));
console.log(all.filter(({ gitVersion }) => gitVersion !== "").length);
await cluster.close();
