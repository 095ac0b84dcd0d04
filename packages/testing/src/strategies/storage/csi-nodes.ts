import { equalValues } from "../../objects/equal-values.ts";
import { type Causes, duplicateCause, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongForm, wrongSign } from "../../validation/checks.ts";
import { wrongDriverName } from "../../validation/driver-name.ts";
import { type Fields, numberIn, objectIn, objectsIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongQualifiedName } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

const longestNodeId = 256;

/** A CSINode (k8s.io/kubernetes pkg/apis/storage/validation). */
export const csiNodes: Strategy = {
  validate: wrongNode,
  *validateUpdate(draft, old) {
    yield* wrongNode(draft);
    for (const before of driversOf(old)) {
      for (const driver of driversOf(draft).filter(({ name }) => name === before["name"])) {
        const [{ allocatable: _, ...now }, { allocatable: __, ...then }] = [driver, before];
        if (equalValues(now, then)) continue;
        // In the form of the server's own type, which says nothing of JSON.
        const { name: Name, nodeID: NodeID, topologyKeys: TopologyKeys = null } = now;
        yield invalidCause("spec.drivers", { Name, NodeID, TopologyKeys, Allocatable: null }, "field is immutable");
      }
    }
  },
};

function driversOf(node: Fields): readonly Fields[] {
  return objectsIn(objectIn(node, "spec"), "drivers");
}

function* wrongNode(node: Fields): Causes {
  const names = new Set<string>();
  for (const [index, driver] of driversOf(node).entries()) {
    const at = `spec.drivers[${index}]`;
    const [name, id] = [textIn(driver, "name"), textIn(driver, "nodeID")];
    yield* wrongDriverName(name, `${at}.name`);
    if (id === "") yield requiredCause(`${at}.nodeID`);
    if (id.length > longestNodeId)
      yield invalidCause(`${at}.nodeID`, id, `must be ${longestNodeId} characters or less`);
    yield* wrongSign(`${at}.allocatable.count`, numberIn(objectIn(driver, "allocatable"), "count"));
    if (names.has(name)) yield duplicateCause(`${at}.name`, name);
    names.add(name);
    yield* wrongKeys(textsIn(driver, "topologyKeys"), at);
  }
}

function* wrongKeys(keys: readonly string[], at: string): Causes {
  for (const [index, key] of keys.entries()) {
    if (key === "") yield requiredCause(at);
    if (keys.indexOf(key) < index) yield duplicateCause(at, key);
    yield* wrongForm(at, key, wrongQualifiedName);
  }
}
