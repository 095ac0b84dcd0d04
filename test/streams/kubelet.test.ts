import { inject } from "vitest";
import { execCases } from "./exec-cases.ts";
import { inputCases } from "./input-cases.ts";
import { held } from "./support.ts";

// Since 1.36 the API server hands v5 on to the kubelet.
const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
execCases(own, "v5.channel.k8s.io");
inputCases(own);
