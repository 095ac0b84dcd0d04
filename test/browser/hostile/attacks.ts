// What a page of another origin can try. Each function is run in such a page with the address of a collection and its WebSocket form,
// and settles when the browser has done with it, however that ended.

/** Where an attack aims, and what it may use on the way. */
export interface Aim {
  /** A collection behind the proxy, such as `http://127.0.0.1:8001/k8s/api/v1/namespaces/attack-1/configmaps`. */
  readonly collection: string;
  /** The stream of watches behind the proxy, with the marker in the query. */
  readonly watch: string;
  /** A page of the attacker that redirects to `?to=` with `?status=`. */
  readonly redirect: string;
}

type Attack = (aim: Aim) => Promise<unknown>;

/** Reads: what would tell the attacker something, or cost the API server work. */
export const reads: Readonly<Record<string, Attack>> = {
  fetch: ({ collection }) => fetch(collection).catch(String),
  "fetch with cookies": ({ collection }) => fetch(collection, { credentials: "include" }).catch(String),
  "fetch without CORS": ({ collection }) => fetch(collection, { mode: "no-cors" }).catch(String),
  "fetch without a referrer": ({ collection }) =>
    fetch(collection, { mode: "no-cors", referrerPolicy: "no-referrer" }).catch(String),
  "fetch with the page's header": ({ collection }) =>
    fetch(collection, { headers: { "kubewright-page": "1" } }).catch(String),
  "fetch with a bearer token": ({ collection }) =>
    fetch(collection, { headers: { authorization: "Bearer canary" } }).catch(String),
  "fetch as somebody else": ({ collection }) =>
    fetch(collection, { headers: { "impersonate-user": "system:admin" } }).catch(String),
  "fetch by HEAD": ({ collection }) => fetch(collection, { method: "HEAD", mode: "no-cors" }).catch(String),
  "fetch of a plain watch": ({ collection }) => fetch(`${collection}?watch=1`, { mode: "no-cors" }).catch(String),
  "fetch through a redirect": ({ collection, redirect }) =>
    fetch(`${redirect}?status=302&to=${encodeURIComponent(collection)}`, { mode: "no-cors" }).catch(String),
  XMLHttpRequest: ({ collection }) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.addEventListener("loadend", resolve);
      request.open("GET", collection);
      request.send();
    }),
  EventSource: ({ collection }) =>
    new Promise((resolve) => {
      const source = new EventSource(`${collection}?watch=1`);
      source.addEventListener("error", () => {
        source.close();
        resolve(undefined);
      });
      source.addEventListener("open", resolve);
    }),
  "EventSource with cookies": ({ watch }) =>
    new Promise((resolve) => {
      const source = new EventSource(watch, { withCredentials: true });
      source.addEventListener("error", () => {
        source.close();
        resolve(undefined);
      });
      source.addEventListener("open", resolve);
    }),
  WebSocket: ({ collection }) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${collection.replace("http", "ws")}?watch=1`);
      socket.addEventListener("close", resolve);
      socket.addEventListener("open", resolve);
    }),
  "WebSocket with a bearer token": ({ collection }) =>
    new Promise((resolve) => {
      const protocols = ["base64url.bearer.authorization.k8s.io.Y2FuYXJ5", "v4.channel.k8s.io"];
      const socket = new WebSocket(`${collection.replace("http", "ws")}?watch=1`, protocols);
      socket.addEventListener("close", resolve);
      socket.addEventListener("open", resolve);
    }),
  "WebSocket to a program in a pod": ({ collection }) =>
    new Promise((resolve) => {
      const pod = collection.replace("http", "ws").replace("/configmaps", "/pods/a/exec");
      const socket = new WebSocket(`${pod}?command=sh&stdin=1&stdout=1`, ["v5.channel.k8s.io"]);
      socket.addEventListener("close", resolve);
      socket.addEventListener("open", resolve);
    }),
  image: ({ collection }) =>
    new Promise((resolve) => {
      const image = new Image();
      image.addEventListener("error", resolve);
      image.addEventListener("load", resolve);
      image.src = collection;
    }),
  script: ({ collection }) =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.addEventListener("error", resolve);
      script.addEventListener("load", resolve);
      script.src = collection;
      document.body.append(script);
    }),
  module: ({ collection }) =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.addEventListener("error", resolve);
      script.addEventListener("load", resolve);
      script.type = "module";
      script.src = collection;
      document.body.append(script);
    }),
  "script in a worker": ({ collection }) =>
    new Promise((resolve) => {
      const code = `try { importScripts(${JSON.stringify(collection)}) } catch {} postMessage("done")`;
      const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`);
      worker.addEventListener("message", resolve);
      worker.addEventListener("error", resolve);
    }),
  "style sheet": ({ collection }) =>
    new Promise((resolve) => {
      const link = document.createElement("link");
      link.addEventListener("error", resolve);
      link.addEventListener("load", resolve);
      link.rel = "stylesheet";
      link.href = collection;
      document.head.append(link);
    }),
  font: ({ collection }) => new FontFace("planted", `url(${collection})`).load().catch(String),
  video: ({ collection }) =>
    new Promise((resolve) => {
      const video = document.createElement("video");
      video.addEventListener("error", resolve);
      video.addEventListener("loadeddata", resolve);
      video.src = collection;
      document.body.append(video);
    }),
  prefetch: ({ collection }) =>
    new Promise((resolve) => {
      const link = document.createElement("link");
      link.addEventListener("error", resolve);
      link.addEventListener("load", resolve);
      link.rel = "prefetch";
      link.href = collection;
      document.head.append(link);
    }),
  frame: ({ collection }) =>
    new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.addEventListener("load", resolve);
      frame.src = collection;
      document.body.append(frame);
    }),
  object: ({ collection }) =>
    new Promise((resolve) => {
      const shown = document.createElement("object");
      shown.addEventListener("error", resolve);
      shown.addEventListener("load", resolve);
      shown.data = collection;
      document.body.append(shown);
    }),
  "form that gets": ({ collection }) =>
    new Promise((resolve) => {
      document.body.innerHTML += `<iframe name=shown></iframe><form target=shown action="${collection}"></form>`;
      document.querySelector("iframe[name=shown]")?.addEventListener("load", resolve);
      document.forms[0]?.submit();
    }),
};

/** Writes: for these the answer does not matter. */
export const writes: Readonly<Record<string, Attack>> = {
  "post of text": ({ collection }) =>
    fetch(collection, { method: "POST", mode: "no-cors", body: '{"metadata":{"name":"planted"}}' }).catch(String),
  "post of text without a referrer": ({ collection }) =>
    fetch(collection, {
      method: "POST",
      mode: "no-cors",
      referrerPolicy: "no-referrer",
      body: '{"metadata":{"name":"planted"}}',
    }).catch(String),
  "post that outlives its page": ({ collection }) =>
    fetch(collection, {
      method: "POST",
      mode: "no-cors",
      keepalive: true,
      body: '{"metadata":{"name":"planted"}}',
    }).catch(String),
  "post of bytes without a type": ({ collection }) =>
    fetch(collection, { method: "POST", mode: "no-cors", body: new Uint8Array([123, 125]) }).catch(String),
  "post of a form's fields": ({ collection }) =>
    fetch(collection, { method: "POST", mode: "no-cors", body: new URLSearchParams({ "{}": "" }) }).catch(String),
  "post of JSON": ({ collection }) =>
    fetch(collection, {
      method: "POST",
      headers: { "content-type": "application/json", "kubewright-page": "1" },
      body: '{"metadata":{"name":"planted"}}',
    }).catch(String),
  put: ({ collection }) =>
    fetch(`${collection}/planted`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(String),
  patch: ({ collection }) =>
    fetch(`${collection}/planted`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json", "kubewright-page": "1" },
      body: "{}",
    }).catch(String),
  delete: ({ collection }) =>
    fetch(collection, { method: "DELETE", headers: { "kubewright-page": "1" } }).catch(String),
  "delete by another header": ({ collection }) =>
    fetch(collection, {
      method: "POST",
      mode: "no-cors",
      headers: { "x-http-method-override": "DELETE" },
      body: "{}",
    }).catch(String),
  "post through a redirect": ({ collection, redirect }) =>
    fetch(`${redirect}?status=307&to=${encodeURIComponent(collection)}`, {
      method: "POST",
      mode: "no-cors",
      body: '{"metadata":{"name":"planted"}}',
    }).catch(String),
  beacon: async ({ collection }) => navigator.sendBeacon(collection, '{"metadata":{"name":"planted"}}'),
  "beacon of JSON": async ({ collection }) =>
    navigator.sendBeacon(collection, new Blob(["{}"], { type: "application/json" })),
  form: ({ collection }) =>
    new Promise((resolve) => {
      document.body.innerHTML += `<iframe name=shown></iframe><form target=shown method=post action="${collection}">
        <input name=metadata value=planted></form>`;
      document.querySelector("iframe[name=shown]")?.addEventListener("load", resolve);
      document.forms[0]?.submit();
    }),
  "form of text that reads as JSON": ({ collection }) =>
    new Promise((resolve) => {
      document.body.innerHTML += `<iframe name=shown></iframe>
        <form target=shown method=post enctype="text/plain" action="${collection}">
        <input name='{"metadata":{"name":"planted"},"data":{"a":"' value='b"}}'></form>`;
      document.querySelector("iframe[name=shown]")?.addEventListener("load", resolve);
      document.forms[0]?.submit();
    }),
  "form with a file": ({ collection }) =>
    new Promise((resolve) => {
      document.body.innerHTML += `<iframe name=shown></iframe>
        <form target=shown method=post enctype="multipart/form-data" action="${collection}"><input name=a value=b></form>`;
      document.querySelector("iframe[name=shown]")?.addEventListener("load", resolve);
      document.forms[0]?.submit();
    }),
  "ping of a link": async ({ collection }) => {
    const link = document.createElement("a");
    link.href = "#";
    link.ping = collection;
    document.body.append(link);
    link.click();
  },
  "stream of watches, as text": ({ watch }) =>
    fetch(watch, {
      method: "POST",
      mode: "no-cors",
      body: JSON.stringify([{ id: "a", path: "/api/v1/configmaps", query: "" }]),
    }).catch(String),
  "stream of watches, as JSON": ({ watch }) =>
    fetch(watch, {
      method: "POST",
      headers: { "content-type": "application/json", "kubewright-page": "1" },
      body: JSON.stringify([{ id: "a", path: "/api/v1/configmaps", query: "" }]),
    }).catch(String),
  "stream of watches, as a form": ({ watch }) =>
    new Promise((resolve) => {
      document.body.innerHTML += `<iframe name=shown></iframe>
        <form target=shown method=post enctype="text/plain" action="${watch}">
        <input name='[{"id":"a","path":"/api/v1/configmaps","query":"' value='"}]'></form>`;
      document.querySelector("iframe[name=shown]")?.addEventListener("load", resolve);
      document.forms[0]?.submit();
    }),
};
