import { type Causes, forbiddenCause, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongChoice } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";
import { wrongFlowConditions } from "./flow-schemas.ts";

// k8s.io/kubernetes pkg/apis/flowcontrol/validation

const types: readonly string[] = ["Exempt", "Limited"];
const responses: readonly string[] = ["Queue", "Reject"];
const mostQueues = 10_000_000;

/** A PriorityLevelConfiguration. Nothing is held back by it. */
export const priorityLevels: Strategy = { validate: wrongLevel, validateUpdate: wrongLevel };

/** `prioritylevelconfigurations/status` */
export const priorityLevelStatus: Strategy = { validateUpdate: wrongFlowConditions };

function* wrongLevel(level: Fields): Causes {
  const spec = objectIn(level, "spec");
  const type = textIn(spec, "type");
  const isExempt = textIn(objectIn(level, "metadata"), "name") === "exempt";
  if (isExempt !== (type === "Exempt"))
    yield invalidCause("spec.type", type, "must be 'Exempt' if and only if `name` is 'exempt'");
  const [exempt, limited] = [presentIn(spec, "exempt"), presentIn(spec, "limited")];
  yield* wrongChoice("spec.type", type, types);
  if (type === "Exempt") {
    if (limited !== undefined) yield forbiddenCause("spec.limited", "must be nil if the type is not Limited");
    if (exempt !== undefined) {
      yield* wrongShares(exempt, "spec.exempt");
      yield* wrongLendable(exempt, "spec.exempt");
    }
  }
  if (type === "Limited") {
    if (exempt !== undefined) yield forbiddenCause("spec.exempt", "must be nil if the type is Limited");
    if (limited === undefined) yield requiredCause("spec.limited", "must not be empty when type is Limited");
    else yield* wrongLimited(limited);
  }
  yield* wrongFlowConditions(level);
}

function* wrongShares(object: Fields, at: string): Causes {
  const shares = numberIn(object, "nominalConcurrencyShares") ?? 0;
  if (shares < 0) yield invalidCause(`${at}.nominalConcurrencyShares`, shares, "must be a non-negative integer");
}

function* wrongLendable(object: Fields, at: string): Causes {
  const percent = numberIn(object, "lendablePercent") ?? 0;
  if (percent < 0 || percent > 100)
    yield invalidCause(`${at}.lendablePercent`, percent, "must be between 0 and 100, inclusive");
}

function* wrongLimited(limited: Fields): Causes {
  const at = "spec.limited";
  yield* wrongShares(limited, at);
  yield* wrongResponse(objectIn(limited, "limitResponse"), `${at}.limitResponse`);
  yield* wrongLendable(limited, at);
  const borrowing = numberIn(limited, "borrowingLimitPercent") ?? 0;
  if (borrowing < 0)
    yield invalidCause(`${at}.borrowingLimitPercent`, borrowing, "if specified, must be a non-negative integer");
}

function* wrongResponse(response: Fields, at: string): Causes {
  const type = textIn(response, "type");
  const queuing = presentIn(response, "queuing");
  yield* wrongChoice(`${at}.type`, type, responses);
  const why = "if limited.limitResponse.type is";
  if (type === "Reject" && queuing !== undefined)
    yield forbiddenCause(`${at}.queuing`, `must be nil ${why} not Limited`);
  if (type !== "Queue") return;
  if (queuing === undefined) yield requiredCause(`${at}.queuing`, `must not be empty ${why} Limited`);
  else yield* wrongQueuing(queuing, `${at}.queuing`);
}

function* wrongQueuing(queuing: Fields, at: string): Causes {
  const count = (field: string): number => numberIn(queuing, field) ?? 0;
  const [length, queues, hand] = [count("queueLengthLimit"), count("queues"), count("handSize")];
  if (length <= 0) yield invalidCause(`${at}.queueLengthLimit`, length, "must be positive");
  if (queues <= 0) yield invalidCause(`${at}.queues`, queues, "must be positive");
  else if (queues > mostQueues) yield invalidCause(`${at}.queues`, queues, `must not be greater than ${mostQueues}`);
  if (hand <= 0) yield invalidCause(`${at}.handSize`, hand, "must be positive");
  else if (hand > queues) yield invalidCause(`${at}.handSize`, hand, `should not be greater than queues (${queues})`);
}
