import { InputError } from "../errors/input-error.ts";
import { shownAs } from "../inspection/shown-as.ts";
import { apiVersionOf, resourcePath } from "../request/path.ts";
import { proxiedSegment } from "../request/proxied.ts";
import type { ProxyClient, ProxyOptions } from "../types/proxy.ts";
import { naming } from "./calling.ts";
import { rawCall, requestBelow } from "./raw-request.ts";
import { checkInNamespace, shownOf, type Target } from "./target.ts";

/** What sends requests below a named object's proxied path. @throws InputError for a wrong name or option */
export function proxyClient(target: Target, name: string, options: ProxyOptions): ProxyClient {
  const { context, resource, namespace } = target;
  if (resource.verbs !== undefined && resource.subresources?.["proxy"] === undefined)
    throw new InputError("verb", `${resource.plural} in ${apiVersionOf(resource)} cannot proxy`);
  checkInNamespace(target, "proxy");
  if (typeof options.port === "string" && resource.plural !== "services")
    throw new InputError("port", `the API server looks up names of ports for services alone; give the number`);
  const segment = proxiedSegment(name, options);
  const below = `${resourcePath(resource, namespace)}/${segment}/proxy`;
  const client: ProxyClient = {
    request: (request) =>
      naming(
        () => {
          const { verb, path } = rawCall(request);
          return { verb, path: below + path };
        },
        () => requestBelow(context, below, request),
      ),
  };
  return shownAs(client, "ProxyClient", () => ({ ...shownOf(target), name: segment }));
}
