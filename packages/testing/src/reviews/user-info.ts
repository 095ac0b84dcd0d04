import type { User } from "../access/user.ts";

/** A user as reviews show one (UserInfo of authentication.k8s.io/v1). */
export function userInfo({ name, uid = "", groups = [], extra = {} }: User): object {
  return {
    username: name,
    ...(uid === "" ? {} : { uid }),
    ...(groups.length === 0 ? {} : { groups }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}
