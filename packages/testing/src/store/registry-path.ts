/** Where etcd keeps a resource, if not under its plural. */
const elsewhere: Readonly<Record<string, string>> = {
  endpoints: "services/endpoints",
  ingresses: "ingress",
  nodes: "minions",
  replicationcontrollers: "controllers",
  services: "services/specs",
};

/** What the real server's keys of a resource begin with; some errors show it. */
export function registryPath({ group, name }: { readonly group: string; readonly name: string }): string {
  if (group === "apiextensions.k8s.io" || group === "apiregistration.k8s.io") return `${group}/${name}`;
  return group !== "" && name !== "ingresses" ? name : (elsewhere[name] ?? name);
}
