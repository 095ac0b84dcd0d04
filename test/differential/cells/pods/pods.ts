import type { Sequence } from "../../exchange.ts";
import { changeCells } from "./changes.ts";
import { connectionCells } from "./connections.ts";
import { containerCells } from "./containers.ts";
import { lifeCells } from "./lives.ts";
import { placingCells } from "./placing.ts";
import { runningCells } from "./running.ts";
import { templateCells } from "./templates.ts";
import { volumeCells } from "./volumes.ts";

/** Pods. */
export const pods: Readonly<Record<string, Sequence>> = {
  ...containerCells,
  ...volumeCells,
  ...runningCells,
  ...placingCells,
  ...changeCells,
  ...lifeCells,
  ...templateCells,
  ...connectionCells,
};
