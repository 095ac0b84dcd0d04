import { AuthError, type Interceptor } from "@kubewright/core";
import type { ConnectOptions } from "../connect-options.ts";
import { loadKubeconfig } from "../kubeconfig/load.ts";
import { pathsOf } from "../kubeconfig/locate.ts";
import { readUser } from "../kubeconfig/read-user.ts";
import type { ExecPlugin, OidcProvider, ResolvedConfig } from "../kubeconfig/resolved.ts";
import type { Surroundings } from "../surroundings.ts";
import { basic, bearer, constant, tokenFile, tokenFunction } from "./bearer.ts";
import { authorize } from "./renewing.ts";
import { readPem, type TlsIdentity } from "./tls-files.ts";

/** What credentials are made from and what they act on. */
export interface CredentialSurroundings {
  readonly config: ResolvedConfig;
  readonly options: ConnectOptions;
  readonly around: Surroundings;
  readonly onWarning: (warning: string) => void;
  /** The cluster's authorities in PEM. */
  readonly ca: () => Promise<string | undefined>;
  /** Puts a plugin's client certificate to use; undefined when the transport is not ours. */
  readonly switchTo: ((identity: TlsIdentity) => void) | undefined;
  /** Ends plugins and logins that are under way, and the waiting for token functions. */
  readonly signal: AbortSignal;
}

/** The interceptor that says who the user is; undefined for nobody, and for whom the client certificate alone speaks. */
export async function userCredentials(place: CredentialSurroundings): Promise<Interceptor | undefined> {
  const { around, onWarning } = place;
  const { token, tokenFile: path, basic: login, exec, oidc } = place.config.user;
  const itself = <T>(header: T): T => header;
  if (path !== undefined) {
    const meanwhile = typeof token === "function" ? undefined : token;
    return authorize(tokenFile(path, around.readFile, onWarning, meanwhile), itself);
  }
  if (typeof token === "function") return authorize(tokenFunction(token, place.signal), itself);
  if (token !== undefined) return authorize(constant(bearer(token.reveal())), itself);
  if (login !== undefined) return authorize(constant(basic(login.username, login.password)), itself);
  if (exec !== undefined) return execCredentials(exec, place);
  if (oidc !== undefined) return oidcCredentials(oidc, place);
  return undefined;
}

async function execCredentials(plugin: ExecPlugin, place: CredentialSurroundings): Promise<Interceptor> {
  const { config, options, around, ca, switchTo, signal } = place;
  const { execSource } = await import("./exec/exec-source.ts");
  const { env, platform } = around;
  const policy = options.execPolicy ?? "AllowAll";
  const { metrics } = options;
  const source = execSource(plugin, { cluster: config.cluster, ca, policy, env, platform, signal, metrics });
  return authorize(source, (credential) => {
    if (credential.token === undefined && switchTo === undefined) {
      throw new AuthError(
        "Unusable certificate: the credential plugin brings a client certificate and no token, and a transport that was passed to connect() decides about certificates itself",
      );
    }
    switchTo?.(credential);
    return credential.token === undefined ? undefined : bearer(credential.token.reveal());
  });
}

async function oidcCredentials(provider: OidcProvider, place: CredentialSurroundings): Promise<Interceptor> {
  const { around, onWarning, signal } = place;
  const { user, userFile } = place.config.names;
  const { oidcSource } = await import("./oidc/oidc-source.ts");
  const stored = async (): Promise<OidcProvider | undefined> => {
    if (user === undefined || userFile === undefined || (await around.readFile(userFile)) === undefined)
      return undefined;
    const entry = (await loadKubeconfig({ kubeconfig: userFile }, around)).users.get(user);
    return entry === undefined ? undefined : readUser(entry, pathsOf(around)).oidc;
  };
  const source = oidcSource(provider, {
    env: around.env,
    onWarning,
    signal,
    ca: () => readPem(provider.issuerCa, around.readFile),
    reload: stored,
    save: async ({ idToken, refreshToken }, { issuerUrl, clientId }) => {
      if (user === undefined || userFile === undefined) return true;
      const { editKubeconfig } = await import("../kubeconfig/edit.ts");
      const tokens = { "id-token": idToken, ...(refreshToken === undefined ? {} : { "refresh-token": refreshToken }) };
      let saved = false;
      await editKubeconfig(
        async (editor) => {
          // Under the lock: whoever removed or replaced the login meanwhile meant it.
          const there = await stored();
          saved = there?.issuerUrl === issuerUrl && there.clientId === clientId;
          if (saved) editor.setUser(user, { "auth-provider": { config: tokens } });
        },
        { kubeconfig: userFile },
      );
      return saved;
    },
  });
  return authorize(source, (header) => header);
}
