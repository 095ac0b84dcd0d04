/** What a kubeconfig of the server says. */
export interface KubeconfigFacts {
  readonly url: string;
  /** In PEM. */
  readonly ca: string;
  readonly token: string;
}

/** A kubeconfig as text, with one context, which is the current one. */
export function kubeconfigText({ url, ca, token }: KubeconfigFacts): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: kubewright-testing
    cluster:
      server: ${url}
      certificate-authority-data: ${Buffer.from(ca).toString("base64")}
users:
  - name: kubernetes-admin
    user:
      token: ${token}
contexts:
  - name: kubewright-testing
    context:
      cluster: kubewright-testing
      user: kubernetes-admin
current-context: kubewright-testing
`;
}
