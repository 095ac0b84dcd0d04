// What JSON makes of an object of which not all is wanted: other encodings are held against it.
export { projecting } from "../../packages/core/src/codec/json/projecting.ts";
