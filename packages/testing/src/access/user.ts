/** Who asks (authentication.k8s.io/v1 UserInfo). */
export interface User {
  readonly name: string;
  readonly uid?: string | undefined;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** May do everything. */
export const admin: User = { name: "kubernetes-admin", groups: ["system:masters", "system:authenticated"] };
