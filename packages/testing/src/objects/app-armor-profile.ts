/** The AppArmor profile that an old annotation means; undefined for none that there is. */
export function appArmorProfile(
  annotation: string,
): { readonly type: string; readonly localhostProfile?: string } | undefined {
  if (annotation === "unconfined") return { type: "Unconfined" };
  if (annotation === "runtime/default") return { type: "RuntimeDefault" };
  const [, localhostProfile] = /^localhost\/(.+)$/s.exec(annotation) ?? [];
  const isGood = localhostProfile !== undefined && localhostProfile.trim() === localhostProfile;
  return isGood ? { type: "Localhost", localhostProfile } : undefined;
}
