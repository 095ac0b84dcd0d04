import { expect, test } from "vitest";
import { refusal } from "../support/api-request.ts";
import { attachCases } from "./attach-cases.ts";
import { connectCases } from "./connect-cases.ts";
import { execCases } from "./exec-cases.ts";
import { idleCases } from "./idle-cases.ts";
import { portForwardCases } from "./port-forward-cases.ts";
import { controlPlaneOf, held } from "./support.ts";

// As before 1.30: the API server passes the connection through, and the kubelet speaks v4. Its own gate too, or it would take v5 itself.
const gates = "TranslateStreamCloseWebsocketRequests=false,PortForwardWebsockets=false,ExtendWebSocketsToKubelet=false";
const controlPlane = controlPlaneOf({
  apiServerFlags: [`--feature-gates=${gates}`],
  kubeletFeatureGates: "ExtendWebSocketsToKubelet=false",
  streamIdleSeconds: 8, // four hours as a rule
});
const own = held(() => ({ kubeconfig: controlPlane().admin.kubeconfig }));
execCases(own, "v4.channel.k8s.io");
attachCases(own, "v4.channel.k8s.io");
connectCases(own, "v4.channel.k8s.io");
portForwardCases(own, "v4.channel.k8s.io");

test("input that must end: an error that says why, before the command runs", async () => {
  const said = await refusal(own.pods.exec("one", { command: ["cat"], stdin: "text" }).output());
  expect(said).toMatch(
    /^StatusError: SubprotocolNotSpoken: the server speaks none of v5\.channel\.k8s\.io; Kubernetes has it since 1\.30/,
  );
});

idleCases(own, controlPlane, 20, true);
