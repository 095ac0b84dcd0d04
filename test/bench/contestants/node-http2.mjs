import { connect } from "node:http2";

// The floor: what a get costs without any client, body parsed.
export async function open({ server, ca, token }) {
  const session = connect(server, { ca });
  const headers = { accept: "application/json", authorization: `Bearer ${token}` };
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
    close: async () => session.close(),
  };
}
