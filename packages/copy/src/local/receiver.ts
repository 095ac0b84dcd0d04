/** What a file is to be like. */
export interface FileFacts {
  readonly size: number;
  /** Nine bits of permissions. */
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** Takes what a copy brings, one thing after the other. Paths are names below the root of the copy; none for the root itself. */
export interface Receiver {
  folder(names: readonly string[], mode: number): Promise<void>;
  /** A file begins; `data` and `end` follow. */
  begin(names: readonly string[], facts: FileFacts): Promise<void>;
  data(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Another name for a file that came before. */
  again(names: readonly string[], first: readonly string[]): Promise<void>;
  /** All has come, and well. */
  finish(): Promise<void>;
  /** Nothing more comes; what is not whole goes. Never rejects. */
  abandon(reason: unknown): Promise<void>;
}
