// What people test with is what we test with; packages' tests reach for it here.
export { createVirtualClock } from "../../packages/testing/src/node/virtual-clock.ts";
export type { VirtualClock } from "../../packages/testing/src/node/virtual-clock.ts";
