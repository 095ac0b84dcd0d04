import type { Transport } from "@kubewright/core";
import { pageHeader, watchPath } from "@kubewright/runtime/relay";

/** Lets a proxy see that a request is the page's own, which no form and no foreign page could have sent. */
export function pageTransport(transport: Transport): Transport {
  return {
    server: transport.server,
    send(request) {
      // A page's WebSocket takes no headers; it says its origin instead.
      if (request.upgrade !== undefined) return transport.send(request);
      const headers = { ...request.headers, [pageHeader]: ["1"] };
      // What is for the proxy itself has nothing to say to an API server.
      const query = request.path.startsWith(watchPath) ? "" : request.query;
      return transport.send({ ...request, headers, query });
    },
    close: () => transport.close(),
  };
}
