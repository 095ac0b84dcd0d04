import { env } from "node:process";
const response = await fetch(`${env["KUBECTL_PROXY"]}/api/v1/namespaces/default/pods`);
const { items } = (await response.json()) as { items: { metadata: { name: string } }[] };
for (const pod of items) console.log(pod.metadata.name);
