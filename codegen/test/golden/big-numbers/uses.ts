import type { QuotaSpec } from "./expected/bounds.example.com/v1.ts";

export const spec: QuotaSpec = { limit: 1, floor: -1, step: 2, filled: 3, known: 1, list: [1], map: { a: 1 } };
// @ts-expect-error a number
export const text: QuotaSpec = { limit: "9223372036854775807" };
