import { ConfigError, type Interceptor } from "@kubewright/core";
import type * as api from "@opentelemetry/api";
import { urlTemplate } from "./url-template.ts";

/**
 * A client span around every request that goes to the transport, retries apart, through the application's OpenTelemetry API;
 * the trace context travels along as headers. Attributes are those of the HTTP client conventions; bodies, queries and
 * credentials never enter a span. Rejects with a ConfigError when `@opentelemetry/api` is not installed.
 */
export async function tracing(server: string): Promise<Interceptor> {
  const { context, propagation, SpanKind, SpanStatusCode, trace } = await openTelemetry();
  const tracer = trace.getTracer("kubewright");
  const { hostname, port, protocol } = new URL(server);
  return (next) => async (request) => {
    const template = urlTemplate(request.path);
    const span = tracer.startSpan(`${request.method} ${template}`, {
      kind: SpanKind.CLIENT,
      attributes: {
        "http.request.method": request.method,
        "server.address": hostname.replace(/^\[|\]$/g, ""),
        "server.port": Number(port || (protocol === "http:" ? 80 : 443)),
        "url.path": request.path,
        "url.template": template,
        "k8s.request.verb": request.verb,
      },
    });
    const headers: Record<string, string> = {};
    propagation.inject(trace.setSpan(context.active(), span), headers);
    const traced = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]));
    try {
      const response = await next({ ...request, headers: { ...request.headers, ...traced } });
      span.setAttribute("http.response.status_code", response.status);
      if (response.status >= 400) {
        span.setAttribute("error.type", String(response.status));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      return response;
    } catch (error) {
      span.setAttribute("error.type", error instanceof Error ? error.name : typeof error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };
}

async function openTelemetry(): Promise<typeof api> {
  // Inside of try: webpack takes what cannot be found for a failed build elsewhere.
  try {
    return await import("@opentelemetry/api");
  } catch (cause) {
    const needed = "Tracing: the package @opentelemetry/api is needed; install it or leave out tracing";
    throw new ConfigError(needed, { cause });
  }
}
