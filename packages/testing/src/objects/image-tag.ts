const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const host =
  "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*";
const domain = `(?:${host}|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const reference = new RegExp(
  `^(?:${domain}/)?${component}(?:/${component})*(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);

/**
 * The tag of an image as the API server reads it (k8s.io/kubernetes pkg/util/parsers, github.com/distribution/reference): `latest` for
 * an image with neither tag nor digest, undefined for one without a tag and for what is no image.
 */
export function imageTag(image: string): string | undefined {
  // Sixty-four hexadecimal digits alone would be an identifier.
  if (/^[a-f0-9]{64}$/.test(image)) return undefined;
  const found = reference.exec(image);
  if (found === null) return undefined;
  const [, tag, digest] = found;
  return tag ?? (digest === undefined ? "latest" : undefined);
}
