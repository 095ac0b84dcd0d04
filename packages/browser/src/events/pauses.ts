const second = 1000;
const minute = 60 * second;

/** A proxy sends at least a heartbeat so often. */
const heartbeatMs = 15 * second;
/** A connection that was silent for so long is dead. */
export const silenceMs: number = 2.5 * heartbeatMs;
/** One that was silent for so long is not believed any more once the network comes back. */
export const doubtMs: number = 1.2 * heartbeatMs;
/** A connection that lived as long shows that all is well: what breaks it is a new outage. */
export const provenMs: number = 10 * second;
/** Whatever happens, tries are at least so far apart. */
export const apartMs: number = second;
/** How long a connection that nobody needs stays. */
export const lingerMs: number = 10 * second;

/**
 * How long to wait before the next try, after `failures` in a row. Those whose connections broke together come back apart; a page that
 * nobody looks at does not hurry, for it comes back as soon as somebody does.
 */
export function pauseMs(failures: number, visible: boolean, random: number): number {
  if (failures === 0) return random * (visible ? second : 10 * second);
  const least = visible ? second : 30 * second;
  const most = visible ? 30 * second : 5 * minute;
  return Math.min(least * 2 ** (failures - 1), most) * (1 + random);
}

/** How long to wait where only somebody else can change something: the network is away, or nobody is signed in. */
export function patientMs(visible: boolean, random: number): number {
  return (visible ? minute : 5 * minute) * (1 + random);
}
