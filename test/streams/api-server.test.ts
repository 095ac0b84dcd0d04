import { execCases } from "./exec-cases.ts";
import { inputCases } from "./input-cases.ts";
import { held, ownControlPlane } from "./support.ts";

// From 1.30 to 1.35 the API server translates v5 itself.
const own = held(ownControlPlane({ apiServerFlags: ["--feature-gates=ExtendWebSocketsToKubelet=false"] }));
execCases(own, "v5.channel.k8s.io");
inputCases(own);
