import { inject } from "vitest";
import { attachCases } from "./attach-cases.ts";
import { connectCases } from "./connect-cases.ts";
import { execCases } from "./exec-cases.ts";
import { portForwardCases } from "./port-forward-cases.ts";
import { inputCases } from "./input-cases.ts";
import { held } from "./support.ts";

// Since 1.36 the API server hands v5 on to the kubelet.
const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
execCases(own, "v5.channel.k8s.io");
attachCases(own, "v5.channel.k8s.io");
inputCases(own);
connectCases(own, "SPDY/3.1+portforward.k8s.io");
portForwardCases(own, "SPDY/3.1+portforward.k8s.io");
