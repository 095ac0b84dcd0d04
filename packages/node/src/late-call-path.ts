import {
  ConnectionError,
  InputError,
  intercept,
  shownAs,
  unlessAborted,
  type ConnectionNamespace,
  type RequestInfo,
  type Send,
  type ShownFields,
  type Transport,
} from "@kubewright/core";
import type { CallPath } from "./call-path.ts";

/** A call path that opens with the first request. */
export interface LateCallPath {
  readonly path: CallPath;
  readonly namespace: ConnectionNamespace;
}

/** A call path, and the namespace of its configuration. */
export interface OpenedPath extends CallPath {
  readonly namespace: string;
}

interface Ready extends OpenedPath {
  readonly send: Send;
}

/**
 * Makes one. All who ask at once share one opening, which no single request's signal ends; a failed one is told to them and not
 * kept.
 */
export function createLateCallPath(open: () => Promise<OpenedPath>): LateCallPath {
  let opened: Ready | undefined;
  let opening: Promise<Ready> | undefined;
  let closed = false;

  function ready(request?: RequestInfo): Promise<Ready> {
    if (closed && opened === undefined)
      return Promise.reject(
        new ConnectionError("Closed: the connection to the cluster was closed", { request, sent: "no" }),
      );
    opening ??= open()
      .then((path) => {
        opened = { ...path, send: intercept(path.transport.send, path.interceptors) };
        return opened;
      })
      .catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
    return opening;
  }

  const namespace: ConnectionNamespace = {
    get known() {
      return opened?.namespace;
    },
    read: async () => (await ready()).namespace,
  };
  const transport: Transport = {
    get server() {
      if (opened !== undefined) return opened.transport.server;
      throw new InputError(
        "server",
        "it is not known before the first call, which reads the configuration; make a call first, or use connect()",
      );
    },
    async send(request) {
      const { send } = opened ?? (await unlessAborted(ready(request), request.signal));
      return send(request);
    },
    async close() {
      closed = true;
      // What is being opened is closed once it is open; that it cannot be opened is told to those who asked for it.
      await opening?.then(
        ({ transport: its }) => its.close(),
        () => undefined,
      );
    },
  };
  const shown = (): ShownFields => ({ server: opened?.transport.server });
  const path: CallPath = { interceptors: [], transport: shownAs(transport, "Transport", shown) };
  return { namespace, path: shownAs(path, "CallPath", shown) };
}
