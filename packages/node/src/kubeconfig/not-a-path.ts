/**
 * True for what is put by mistake where a file's path belongs: its content, plain or in base64, such as a key or a whole
 * kubeconfig. It must then not be quoted, as a path would be.
 */
export function isContent(path: string): boolean {
  // In base64: `---`, as PEM and YAML begin; `{"`, as JSON and tokens do; `apiVersion:`, `kind: `, `clusters:`, `users:`.
  const inBase64 = /^\s*(LS0t|eyJ|YXBpVmVyc2lvbj|a2luZDog|Y2x1c3RlcnM6|dXNlcnM6)/;
  return /[\r\n]|^\s*[{[]|^-----BEGIN /.test(path) || inBase64.test(path);
}
