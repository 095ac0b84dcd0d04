import { OBJECT_LIMIT, readBytes } from "../bytes/body.ts";
import type { Codecs } from "../codec/codecs.ts";
import type { KubeError } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { subprotocols } from "../exec/channels.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { ApiRequest, ApiResponse } from "../transport/transport.ts";

/** What an answer without a socket stands for, whatever its body is: a Status, a kubelet's text, nothing. */
export async function upgradeRefused(codecs: Codecs, response: ApiResponse, request: ApiRequest): Promise<KubeError> {
  const { status: code, headers } = response;
  if (code < 300) {
    response.discard();
    const message = `NotUpgraded: the answer was HTTP ${code} without an upgrade; check what stands between here and the API server`;
    return new ConnectionError(message, { request, permanent: true });
  }
  if (code !== 403) return codecs.failure(response, request);
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(response.body, OBJECT_LIMIT, "the error's body", request);
  } catch (error) {
    request.signal?.throwIfAborted();
    return codecs.failure({ status: code, headers, body: broken(error), discard() {} }, request);
  }
  if (bytes.byteLength === 0) return new StatusError(notSpoken(request), code, { request });
  const error = await codecs.failure({ status: code, headers, body: read(bytes), discard() {} }, request);
  return error instanceof StatusError ? withRights(error, request) : error;
}

/** A server's handshake answers so where it speaks none of the subprotocols. */
function notSpoken({ upgrade = [], path }: ApiRequest): Status {
  const fix =
    upgrade.length === 1 && upgrade[0] === subprotocols.v5
      ? `Kubernetes has it since 1.30, and before, an input could not be ended; leave out stdin${path.endsWith("/exec") ? ", or pass tty" : ""}`
      : "check what stands between here and the API server";
  return {
    apiVersion: "v1",
    kind: "Status",
    metadata: {},
    status: "Failure",
    reason: "SubprotocolNotSpoken",
    message: `the server speaks none of ${upgrade.join(", ")}; ${fix}`,
    code: 403,
  };
}

/** Since Kubernetes 1.35 an upgrade needs both verbs, and its refusal names neither. */
function withRights({ status, statusCode, retryAfterSeconds }: StatusError, request: ApiRequest): StatusError {
  const subresource = request.path.slice(request.path.lastIndexOf("/") + 1);
  const said = (status.message ?? "").replace(/[:\s]+$/, "");
  const message = `${said}; it needs the rights to create and get pods/${subresource}`;
  return new StatusError({ ...status, message, reason: status.reason || "Forbidden" }, statusCode, {
    request,
    retryAfterSeconds,
  });
}

async function* read(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

// oxlint-disable-next-line require-yield
async function* broken(error: unknown): AsyncGenerator<Uint8Array> {
  throw error;
}
