// What is used of ws, which has no types for it.
declare module "ws" {
  import type { Writable } from "node:stream";

  export class Receiver extends Writable {
    constructor(options: {
      readonly isServer: boolean;
      readonly maxPayload: number;
      readonly skipUTF8Validation: boolean;
    });
  }

  export const Sender: {
    frame(
      data: Uint8Array,
      options: {
        readonly fin: boolean;
        readonly rsv1: boolean;
        readonly mask: boolean;
        readonly generateMask?: (key: Uint8Array) => void;
        readonly readOnly: boolean;
        readonly opcode: number;
      },
    ): Uint8Array[];
  };
}
