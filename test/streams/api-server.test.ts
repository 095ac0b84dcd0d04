import { attachCases } from "./attach-cases.ts";
import { connectCases } from "./connect-cases.ts";
import { execCases } from "./exec-cases.ts";
import { idleCases } from "./idle-cases.ts";
import { portForwardCases } from "./port-forward-cases.ts";
import { inputCases } from "./input-cases.ts";
import { controlPlaneOf, held } from "./support.ts";

// From 1.30 to 1.35 the API server translates v5 itself.
const controlPlane = controlPlaneOf({
  apiServerFlags: ["--feature-gates=ExtendWebSocketsToKubelet=false"],
  streamIdleSeconds: 15, // four hours as a rule
});
const own = held(() => ({ kubeconfig: controlPlane().admin.kubeconfig }));
execCases(own, "v5.channel.k8s.io");
attachCases(own, "v5.channel.k8s.io");
inputCases(own);
connectCases(own, "SPDY/3.1+portforward.k8s.io");
portForwardCases(own, "SPDY/3.1+portforward.k8s.io");
idleCases(own, controlPlane, 35, false);
