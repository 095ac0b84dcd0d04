import type { Codec, Representation } from "./codec.ts";

/** What is known of an encoding before its code is there: how to ask for it, how to recognize it, and where its codec comes from. */
export interface Encoding {
  /** The media type of what its codec writes. */
  readonly mediaType: string;
  /** Whether it reads bodies of this media type, which comes in lower case and without parameters. */
  reads(mediaType: string): boolean;
  /** The range of an Accept header that asks for it; undefined when it cannot hold that representation. */
  accept(as: Representation | undefined): string | undefined;
  /** The codec; a promise while its code is being loaded. Called for every body, so it remembers. */
  load(): Codec | Promise<Codec>;
}
