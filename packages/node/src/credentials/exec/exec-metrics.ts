import { X509Certificate } from "node:crypto";
import type { MetricsSink } from "@kubewright/core";

/** How the start of a plugin went, in client-go's words (auth/exec/metrics.go). */
export type CallStatus = "no_error" | "plugin_execution_error" | "plugin_not_found_error" | "client_internal_error";

/** Measures one connection's plugin. */
export interface ExecMetrics {
  /** A start of the plugin came to its end. */
  called(status: CallStatus, code: number): void;
  /** The plugin's answer is used from now on; `cert` is the client certificate in it, in PEM. */
  brought(cert: string | undefined): void;
}

/** Tells `sink` of a plugin; once `closed` aborts, its certificate counts no more. */
export function execMetrics(sink: MetricsSink, closed: AbortSignal): ExecMetrics {
  let held: { readonly pem: string; readonly from: number; readonly to: number } | undefined;
  sink.gauge?.("rest_client_exec_plugin_ttl_seconds", () =>
    held === undefined || closed.aborted ? Infinity : (held.to - Date.now()) / 1000,
  );
  return {
    called: (status, code) =>
      sink.count("rest_client_exec_plugin_call_total", { code: String(code), call_status: status }),
    brought(pem) {
      if (pem === held?.pem) return;
      if (held !== undefined) {
        sink.observe("rest_client_exec_plugin_certificate_rotation_age", (Date.now() - held.from) / 1000, {});
      }
      held = pem === undefined ? undefined : { pem, ...validity(pem) };
    },
  };
}

function validity(pem: string): { readonly from: number; readonly to: number } {
  const { validFrom, validTo } = new X509Certificate(pem);
  return { from: Date.parse(validFrom), to: Date.parse(validTo) };
}
