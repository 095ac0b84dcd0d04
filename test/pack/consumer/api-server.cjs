// An API server in this process, from a CommonJS file.
const { startApiServer } = require("@kubewright/testing");
const { CoreV1 } = require("kubewright/core/v1");

async function main() {
  const api = await startApiServer();
  const { items } = await (await api.connect()).api(CoreV1).namespaces.list();
  await api.close();
  if (!items.some(({ metadata }) => metadata.name === "default")) throw new Error("there is no namespace default");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
