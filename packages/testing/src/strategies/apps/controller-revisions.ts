import type { Draft } from "../../objects/draft.ts";
import { type Causes, requiredCause } from "../../validation/causes.ts";
import { wrongChange, wrongSign } from "../../validation/checks.ts";
import { numberIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";

/** ControllerRevisions. k8s.io/kubernetes pkg/apis/apps/validation/validation.go */
export const controllerRevisions: Strategy = {
  validate: (draft) => [...wrongSign("revision", numberIn(draft, "revision")), ...wrongData(draft)],
  validateUpdate: (draft, old) => [
    ...wrongSign("revision", numberIn(draft, "revision")),
    ...wrongChange("data", draft["data"], old["data"]),
  ],
};

function* wrongData({ data }: Draft): Causes {
  if (data === undefined || data === null) yield requiredCause("data", "data is mandatory");
  else if (typeof data !== "object" || Array.isArray(data))
    yield requiredCause("data", "data must be a valid JSON object");
}
