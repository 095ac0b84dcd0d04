import { parseArgs } from "node:util";
import { InputError } from "@kubewright/core";
import type { ProxyRule } from "../guard/proxy-rule.ts";
import { readAllow } from "./read-allow.ts";

/** What the command is asked for. */
export interface Arguments {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** Where it listens: a port of the loopback address (0: one that is free), or the path of a unix socket. */
  readonly listen: number | string;
  readonly prefix: string | undefined;
  /** A folder with a page. */
  readonly www: string | undefined;
  readonly allow: readonly ProxyRule[];
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
}

/** What `--help` prints. */
export const help = `Lets pages of this machine see a cluster without its credentials.

  npx @kubewright/proxy [--kubeconfig FILE] [--context NAME] [--port NUMBER | --socket PATH]
                        [--prefix PATH] [--www FOLDER] [--allow RULE]... [--host NAME]... [--origin ORIGIN]...

  --kubeconfig FILE  as kubectl takes it; default: KUBECONFIG, else ~/.kube/config, else the pod's own account
  --context NAME     a context of it; default: the current one
  --port NUMBER      listen on this port of 127.0.0.1, 0 for one that is free; default: 8001
  --socket PATH      listen on a unix socket instead, which only your user may open
  --prefix PATH      what the API server's paths begin with; default: /k8s
  --www FOLDER       serve a built page too, so that it and its API are one origin
  --allow RULE       allow more than reading: VERBS:RESOURCE[.GROUP][/SUBRESOURCE][@NAMESPACES], such as
                     delete:pods, patch:deployments.apps/scale@shop or get,list,watch:secrets
  --host NAME        answer to this Host too, such as that of a reverse proxy
  --origin ORIGIN    answer to pages of this Origin too, such as https://dashboard.example
  --help             this text

Whoever reaches it acts with your rights in the cluster, as far as the rules allow it: other users of
this machine reach ports, but not the socket. It reads everything but Secrets unless told otherwise,
refuses pages of other origins, and runs until Ctrl-C.
`;

/** Undefined where help is wanted. @throws InputError */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const { kubeconfig, context, port, socket, prefix, www, allow, host, origin, help: wantsHelp } = parse(args);
  if (wantsHelp) return undefined;
  if (port !== undefined && socket !== undefined)
    throw new InputError("--socket", "it cannot be combined with --port; leave one of them out");
  return {
    kubeconfig,
    context,
    listen: socket ?? portOf(port ?? "8001"),
    prefix,
    www,
    allow: allow.map(readAllow),
    hosts: host,
    origins: origin,
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new InputError("--port", `${JSON.stringify(text)} is no port; it takes a number from 0 to 65535`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kubeconfig: { type: "string" },
        context: { type: "string" },
        port: { type: "string" },
        socket: { type: "string" },
        prefix: { type: "string" },
        www: { type: "string" },
        allow: { type: "string", multiple: true, default: [] },
        host: { type: "string", multiple: true, default: [] },
        origin: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (cause) {
    throw new InputError("arguments", `${(cause as Error).message} (--help explains)`, { cause });
  }
}
