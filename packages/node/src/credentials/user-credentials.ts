import { editKubeconfig } from "../kubeconfig/edit.ts";
import { AuthError, type Interceptor } from "@kubewright/core";
import type { ConnectOptions } from "../settings/connect-options.ts";
import { loadKubeconfig } from "../kubeconfig/load.ts";
import { pathsOf } from "../kubeconfig/locate.ts";
import { readUser } from "../kubeconfig/read-user.ts";
import type { CredentialKind } from "../settings/credential-kinds.ts";
import type { ExecPlugin, OidcProvider, ResolvedConfig, ResolvedUser } from "../settings/resolved.ts";
import type { Secret } from "../settings/secret.ts";
import type { Surroundings } from "../settings/surroundings.ts";
import { basic, bearer, constant, tokenFile, tokenFunction } from "./bearer.ts";
import { authorize } from "./renewing.ts";
import { loadPem, type TlsIdentity } from "./tls-files.ts";

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
  for (const kind of Object.keys(makers) as CredentialKind[]) {
    const credential = place.config.user[kind];
    if (credential !== undefined) return (makers[kind] as Maker<typeof credential>)(credential, place);
  }
  return undefined;
}

/** How each kind comes into requests. Of several the first one speaks; the type makes it complete. */
const makers: { readonly [Kind in CredentialKind]: Maker<NonNullable<ResolvedUser[Kind]>> } = {
  tokenFile(path, { around, onWarning, config: { user } }) {
    const meanwhile = typeof user.token === "function" ? undefined : user.token;
    return authorize(tokenFile(path, around.readFile, onWarning, meanwhile), itself);
  },
  token(token, { signal }) {
    const source =
      typeof token === "function" ? tokenFunction(token, signal) : constant("token", bearer(token.reveal()));
    return authorize(source, itself);
  },
  basic: ({ username, password }) => authorize(constant("basic", basic(username, password)), itself),
  exec: execCredentials,
  oidc: oidcCredentials,
  // The connection shows it.
  certificate: () => undefined,
};

type Maker<T> = (credential: T, place: CredentialSurroundings) => Interceptor | Promise<Interceptor> | undefined;

function itself(header: Secret): Secret {
  return header;
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
    ca: () => loadPem(provider.issuerCa, around.readFile),
    reload: stored,
    save: async ({ idToken, refreshToken }, { issuerUrl, clientId }) => {
      if (user === undefined || userFile === undefined) return true;
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
  return authorize(source, itself);
}
