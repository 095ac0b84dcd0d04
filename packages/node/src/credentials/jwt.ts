/** When a JWT ends, in milliseconds since 1970; undefined when the text is not a JWT or says nothing of it. The signature is not checked. */
export function jwtExpiry(token: string): number | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const exp = typeof claims === "object" && claims !== null ? (claims as { exp?: unknown }).exp : undefined;
    return typeof exp === "number" && Number.isFinite(exp) ? exp * 1000 : undefined;
  } catch {
    // Not JSON, so not a JWT: many tokens are opaque.
    return undefined;
  }
}
