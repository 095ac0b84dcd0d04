import { Agent, request } from "node:https";
import { listReader } from "./list-reader.mjs";

// The floor: what a get or a list costs without any client, body parsed. Lists in protobuf are read by protobufjs.
export async function open({ server, ca, token, encoding }) {
  const agent = new Agent({ ca, keepAlive: true });
  const headers = { accept: "application/json", authorization: `Bearer ${token}` };
  const list = async (query) => {
    const { accept, read } = await listReader(encoding?.read);
    return new Promise((resolve, reject) => {
      const options = { agent, headers: { ...headers, accept, "accept-encoding": "gzip" } };
      const call = request(`${server}/api/v1/pods${query}`, options, (response) => {
        read(response, response.headers["content-encoding"]).then(resolve, reject);
      });
      call.on("error", reject);
      call.end();
    });
  };
  return {
    get: (name) =>
      new Promise((resolve, reject) => {
        const call = request(
          `${server}/api/v1/namespaces/default/configmaps/${name}`,
          { agent, headers },
          (response) => {
            let text = "";
            response.setEncoding("utf8");
            response.on("data", (chunk) => (text += chunk));
            response.on("end", () => resolve(JSON.parse(text)));
          },
        );
        call.on("error", reject);
        call.end();
      }),
    pods: async (limit) => (await list(limit === undefined ? "" : `?limit=${limit}`)).items,
    async eachPod(take) {
      let query = "?limit=500";
      for (;;) {
        const { items, metadata } = await list(query);
        items.forEach(take);
        if (!metadata.continue) return;
        query = `?limit=500&continue=${metadata.continue}`;
      }
    },
    async informer(of) {
      const { holdJson } = await import("./hold-json.mjs");
      const get = (path) =>
        new Promise((resolve, reject) => {
          const call = request(`${server}${path}`, { agent, headers }, resolve);
          call.on("error", reject);
          call.end();
        });
      return holdJson(get, of);
    },
    close: async () => agent.destroy(),
  };
}
