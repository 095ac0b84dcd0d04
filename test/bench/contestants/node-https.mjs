import { Agent, request } from "node:https";

// The floor: what a get costs without any client, body parsed.
export async function open({ server, ca, token }) {
  const agent = new Agent({ ca, keepAlive: true });
  const headers = { accept: "application/json", authorization: `Bearer ${token}` };
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
    close: async () => agent.destroy(),
  };
}
