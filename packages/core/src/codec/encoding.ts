import type { Codec, Representation } from "./codec.ts";

/** What is known of an encoding before its code is there: how to ask for it, how to recognize it, and where its codec comes from. */
export interface Encoding {
  /** The media type of what its codec writes. */
  readonly mediaType: string;
  /** Whether it reads bodies of this media type, which comes in lower case and without parameters. */
  reads(mediaType: string): boolean;
  /** Whether a body that does not say its type is in this encoding; `start` are its first four bytes, or fewer if it has no more. */
  recognizes(start: Uint8Array): boolean;
  /** The range of an Accept header that asks for objects of an API group; undefined when it cannot hold them, or not as that. */
  accept(as: Representation | undefined, group: string): string | undefined;
  /** Its codec; undefined until it has been loaded. */
  readonly codec: Codec | undefined;
  /** Loads its codec, once for all who ask; after a failure, the next one tries again. @throws ConfigError that says what to do */
  load(): Promise<Codec>;
}
