/** A path for an error text: quoted, so that no character of it does anything, and not too long. */
export function shownPath(path: string): string {
  const short = path.length > 200 ? `${path.slice(0, 100)}…${path.slice(-100)}` : path;
  return JSON.stringify(short).replaceAll(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}
