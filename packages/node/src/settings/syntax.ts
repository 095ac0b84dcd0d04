// What kubeconfigs, options and credentials may hold, checked in one way wherever it comes from.

/**
 * True for what is put by mistake where a file's path belongs: its content, plain or in base64, such as a key or a whole
 * kubeconfig. It must then not be quoted, as a path would be.
 */
export function isContent(path: string): boolean {
  // In base64: `---`, as PEM and YAML begin; `{"`, as JSON and tokens do; `apiVersion:`, `kind: `, `clusters:`, `users:`.
  const inBase64 = /^\s*(LS0t|eyJ|YXBpVmVyc2lvbj|a2luZDog|Y2x1c3RlcnM6|dXNlcnM6)/;
  return /[\r\n]|^\s*[{[]|^-----BEGIN /.test(path) || inBase64.test(path);
}

/** True for what may stand in a header that is sent as it is: visible ASCII. */
export function isHeaderToken(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

/** True for what the API server takes as a namespace's name (RFC 1123 label). */
export function isNamespace(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value);
}

/** What is wrong with a proxy's address, without quoting it; undefined when nothing is. */
export function proxyUrlProblem(proxyUrl: string): string | undefined {
  if (!URL.canParse(proxyUrl)) return "it is not a URL; write it as http://host:port";
  const { protocol, host } = new URL(proxyUrl);
  if (!["http:", "https:", "socks5:", "socks5h:"].includes(protocol)) {
    return `its scheme is ${protocol}//; a proxy is reached by http, https or socks5`;
  }
  return host === "" ? "it names no host; write it as http://host:port" : undefined;
}
