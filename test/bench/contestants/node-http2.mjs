import { connect } from "node:http2";
import { listReader } from "./list-reader.mjs";

// The floor: what a get or a list costs without any client, body parsed. Lists in protobuf are read by protobufjs.
export async function open({ server, ca, token, encoding }) {
  const session = connect(server, { ca });
  const sessions = [session];
  let informers = 0;
  const headers = { accept: "application/json", authorization: `Bearer ${token}` };
  const list = async (query) => {
    const { accept, read } = await listReader(encoding?.read);
    return new Promise((resolve, reject) => {
      const fields = { ...headers, accept, "accept-encoding": "gzip" };
      const stream = session.request({ ":path": `/api/v1/pods${query}`, ...fields });
      stream.on("response", ({ "content-encoding": compressed }) => {
        read(stream, compressed).then(resolve, reject);
      });
      stream.on("error", reject);
    });
  };
  return {
    get: (name) =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ":path": `/api/v1/namespaces/default/configmaps/${name}`, ...headers });
        let text = "";
        stream.setEncoding("utf8");
        stream.on("data", (chunk) => (text += chunk));
        stream.on("end", () => resolve(JSON.parse(text)));
        stream.on("error", reject);
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
      // A server takes 100 streams of a session.
      const own = (sessions[Math.floor(informers++ / 90)] ??= connect(server, { ca }));
      return holdJson((path) => own.request({ ":path": path, ...headers }), of);
    },
    close: async () => sessions.forEach((one) => one.close()),
  };
}
