// Header values are UTF-8 on both sides, as with every Go program and so with the API server. What platforms hand out and take is
// bytes, each as the character of its number.

/** One character of UTF-8 beyond ASCII, as bytes: the well-formed sequences of the Unicode standard, table 3-7. */
const sequence =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}/g;

/**
 * The text of a header value that came. Bytes that are not UTF-8 stay the Latin-1 characters that they were in HTTP's beginnings, each
 * by itself: nothing is lost, and values that were joined mean what each means alone.
 */
export function headerText(bytes: string): string {
  return bytes.replace(sequence, (found) => decodeURIComponent(found.replace(/./gs, percent)));
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16)}`;
}

/** A header value as the bytes that are sent. The text has no surrogates without their pair, see {@link headerProblem}. */
export function headerBytes(text: string): string {
  return text.replace(/[^\0-\x7f]+/g, (found) =>
    Array.from(new TextEncoder().encode(found), (byte) => String.fromCharCode(byte)).join(""),
  );
}

/** Why a text cannot be a header value that arrives as it is, or undefined (golang.org/x/net/http/httpguts, ValidHeaderFieldValue). */
export function headerProblem(text: string): string | undefined {
  // A tab may stand in the middle.
  // oxlint-disable-next-line no-control-regex -- this is what it looks for
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(text))
    return "holds a line break or another control character; remove or encode it";
  if (/\p{Surrogate}/u.test(text)) return "holds half of a surrogate pair, which is not a character; remove it";
  if (/^[\t ]|[\t ]$/.test(text)) return "begins or ends with a space, which would be lost on the way; trim it";
  return undefined;
}
