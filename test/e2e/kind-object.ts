import { execFileSync } from "node:child_process";
import type { KubernetesObject } from "@kubewright/core";
import type { KindCase } from "./kinds.ts";

/** An object of any kind. */
export interface Thing extends KubernetesObject {
  [field: string]: unknown;
}

/** An object of the kind that may be created in this namespace, with the label `kinds-test`; a definition is called what it must be. */
export function objectOf(
  { resource, body }: KindCase,
  name: string,
  namespace: string,
): Thing & { readonly metadata: { readonly name: string } } {
  const metadata = { name, labels: { "kinds-test": resource.toLowerCase() } };
  switch (resource) {
    case "customResourceDefinitions": {
      const singular = name.replaceAll(/\W/g, "");
      const plural = `${singular}s`;
      const names = { plural, singular, kind: `K${singular}`, listKind: `K${singular}List` };
      const spec = { ...(body["spec"] as object), names };
      return { ...body, metadata: { ...metadata, name: `${plural}.kinds.example.com` }, spec };
    }
    case "certificateSigningRequests":
      return { ...body, metadata, spec: { ...(body["spec"] as object), request: signingRequest() } };
    case "events": {
      const field = "regarding" in body ? "regarding" : "involvedObject";
      return { ...body, metadata, [field]: { ...(body[field] as object), namespace } };
    }
    case "apiServices":
      return { ...body, metadata, spec: { ...(body["spec"] as object), version: name.slice(0, name.indexOf(".")) } };
    default:
      return { ...body, metadata };
  }
}

let request: string | undefined;

function signingRequest(): string {
  request ??= execFileSync(
    "openssl",
    ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=kinds-test"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  return Buffer.from(request).toString("base64");
}
