import { milliseconds } from "../../row.ts";
import { median } from "../../statistics.ts";

/** Milliseconds of wall time, and of CPU time of the client's process. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** The middle of each. */
export function middle(costs: readonly Cost[]): Cost {
  return { wall: median(costs.map(({ wall }) => wall)), cpu: median(costs.map(({ cpu }) => cpu)) };
}

export function costText({ wall, cpu }: Cost): string {
  return `${milliseconds(wall)}, ${milliseconds(cpu)} CPU`;
}

/** Ours over another's. */
export function ratios(ours: Cost, other: Cost): Cost {
  return { wall: ours.wall / other.wall, cpu: ours.cpu / other.cpu };
}
