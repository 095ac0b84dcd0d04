// Pages as a proxy sees them: each has a connection of its own, on which it follows the pods of one namespace. A watch straight at the
// API server shows how much later they are told. Argument: what they are, as JSON. Answers each task once.
import { request as plain } from "node:http";
import { request as secure } from "node:https";

const { shared, port, pages, namespace, direct } = JSON.parse(process.argv[2]);
const path = `/api/v1/namespaces/${namespace}/pods`;
const mark = Buffer.from('"example.com/sequence":"');
const digits = 7;

/** One connection: when each number came, and what it took. */
function follow(request, body) {
  const page = { bytes: 0, at: new Map() };
  let initial = 0;
  const opened = new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      if (response.statusCode !== 200) reject(new Error(`${request.path}: ${response.statusCode}`));
      let rest = Buffer.alloc(0);
      response.on("data", (chunk) => {
        page.bytes += chunk.length;
        const text = Buffer.concat([rest, chunk]);
        let from = 0;
        for (let found = text.indexOf(mark); found !== -1; found = text.indexOf(mark, from)) {
          const begin = found + mark.length;
          if (begin + digits > text.length) break;
          page.at.set(Number(text.toString("latin1", begin, begin + digits)), performance.now());
          initial++;
          from = begin + digits;
        }
        rest = text.subarray(Math.max(from, text.length - mark.length - digits));
        if (initial >= 50) resolve();
      });
    });
  });
  request.end(body);
  return Object.assign(page, { opened });
}

function openPage() {
  const options = { port, host: "127.0.0.1", agent: false };
  if (!shared) return follow(plain({ ...options, path: `${path}?watch=1` }));
  const headers = { "content-type": "application/json", "kubewright-page": "1" };
  const body = JSON.stringify([{ id: "pods", path, query: "" }]);
  return follow(plain({ ...options, path: "/k8s/~watch", method: "POST", headers }), body);
}

const { server, ca, token } = direct;
const headers = { authorization: `Bearer ${token}` };
const reference = follow(secure(`${server}${path}?watch=1`, { ca, headers, agent: false }));
const opened = Array.from({ length: pages }, openPage);
await Promise.all([reference, ...opened].map((page) => page.opened));

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const tasks = {
  /** From here on it counts. */
  begin() {
    for (const page of [reference, ...opened]) {
      page.bytes = 0;
      page.at.clear();
    }
    return {};
  },
  /** The last states of all pods have these numbers. Answers when all have come, or after a minute. */
  async end({ last, pods }) {
    // Of the watch that goes straight to the server, the end counts where there is no page.
    const counted = opened.length === 0 ? [reference] : opened;
    const missing = () =>
      counted.reduce((sum, { at }) => {
        for (let number = last; number > last - pods; number--) if (!at.has(number)) sum++;
        return sum;
      }, 0);
    for (const began = performance.now(); missing() > 0 && performance.now() - began < 60_000;) await wait(20);
    const delays = [];
    let events = 0;
    let bytes = 0;
    let first = Infinity;
    let latest = 0;
    for (const page of opened) {
      events += page.at.size;
      bytes += page.bytes;
      for (const [number, at] of page.at) {
        first = Math.min(first, at);
        latest = Math.max(latest, at);
        const then = reference.at.get(number);
        if (then !== undefined) delays.push(at - then);
      }
    }
    delays.sort((a, b) => a - b);
    const delay = { median: delays[delays.length >> 1], high: delays[Math.floor(delays.length * 0.99)] };
    return { events, bytes, wall: latest - first, lost: missing(), delay };
  },
};

process.on("message", ({ task, ...how }) => {
  void (async () => process.send(await tasks[task](how)))();
});
process.on("disconnect", () => process.exit());
process.send({});
