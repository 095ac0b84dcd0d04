import { versions } from "./cells/versions.ts";
import { scaling } from "./cells/scaling.ts";
import { smallKinds } from "./cells/small-kinds.ts";
import { batch } from "./cells/batch.ts";
import { bodies } from "./cells/bodies.ts";
import { cluster } from "./cells/cluster.ts";
import { deletions } from "./cells/deletions.ts";
import { metadata } from "./cells/metadata.ts";
import { updates } from "./cells/updates.ts";
import { conversions } from "./cells/conversions.ts";
import { discovery } from "./cells/discovery.ts";
import { general } from "./cells/general.ts";
import { first } from "./cells/first.ts";
import { paths } from "./cells/paths.ts";
import { pods } from "./cells/pods/pods.ts";
import { reads } from "./cells/reads.ts";
import { workloads } from "./cells/workloads.ts";
import { selectors } from "./cells/selectors.ts";
import { lists } from "./cells/lists.ts";
import { watches } from "./cells/watches.ts";
import { inProtobuf } from "./cells/protobuf.ts";
import { tables } from "./cells/tables.ts";
import { access } from "./cells/access.ts";
import { reviews } from "./cells/reviews.ts";
import type { Sequence } from "./exchange.ts";

/** What is compared, by name: an item of the server's semantics or validation, its success and each of its failures. */
export const cells: Readonly<Record<string, Sequence>> = {
  ...first,
  ...general,
  ...bodies,
  ...metadata,
  ...updates,
  ...deletions,
  ...reads,
  ...tables,
  ...inProtobuf,
  ...watches,
  ...lists,
  ...paths,
  ...selectors,
  ...conversions,
  ...workloads,
  ...batch,
  ...scaling,
  ...smallKinds,
  ...versions,
  ...discovery,
  ...access,
  ...reviews,
  ...cluster,
  ...pods,
};
