/** What is offered, the best first: a tunnel, known since Kubernetes 1.31, and what carries a single connection. */
export const forwardProtocols = { tunnel: "SPDY/3.1+portforward.k8s.io", v4: "v4.channel.k8s.io" } as const;
