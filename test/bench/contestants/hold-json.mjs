import { StringDecoder } from "node:string_decoder";
import { readJson } from "./read-json.mjs";

// The floor of an informer: a list, a watch, a Map, JSON.parse of each line. It resumes what the server ends, and survives nothing else.

/** `get(path)` gives the body of a GET. */
export async function holdJson(get, { resource, namespace, changed }) {
  const path = resource === "pods" ? "/api/v1/pods" : `/api/v1/namespaces/${namespace}/configmaps`;
  const objects = new Map();
  const set = (object) => {
    objects.set(`${object.metadata.namespace}/${object.metadata.name}`, object);
    changed(object);
  };
  const { items, metadata } = await readJson(await get(`${path}?resourceVersion=0`));
  items.forEach(set);
  let version = metadata.resourceVersion;
  let closed = false;
  let watched;
  const watch = async () => {
    const body = await get(`${path}?watch=true&allowWatchBookmarks=true&timeoutSeconds=600&resourceVersion=${version}`);
    watched = body;
    const utf8 = new StringDecoder();
    let rest = "";
    body.on("data", (chunk) => {
      const lines = (rest + utf8.write(chunk)).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const { type, object } = JSON.parse(line);
        version = object.metadata.resourceVersion;
        if (type !== "BOOKMARK") set(object);
      }
    });
    body.on("error", () => {});
    body.on("end", () => closed || void watch());
  };
  await watch();
  const close = () => {
    closed = true;
    watched.destroy();
  };
  return { list: () => [...objects.values()], close };
}
