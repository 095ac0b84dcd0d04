import type { Duplex } from "node:stream";

/**
 * Opens a byte stream to `host` (IPv6 without brackets). A proxy's dialler plugs in here. Must release everything and reject
 * when `signal` aborts.
 */
export type Dial = (host: string, port: number, signal: AbortSignal) => Promise<Duplex>;
