/**
 * The second way to confirm an approval of tier 3: a fresh sign-in at the OpenID Connect issuer of the
 * organisation. What the issuer signs names this request, this plan and this person (its nonce), so the ID
 * token is the proof, and its key is nowhere in Cordon. A public client with PKCE: there is no client
 * secret to keep, and nothing is stored between the two halves.
 * https://openid.net/specs/openid-connect-core-1_0.html https://www.rfc-editor.org/rfc/rfc7636
 */
import { createHash } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { CordonConfig, Identity, SignInSettings } from '../../config/config.ts';
import { linkMinutes } from '../../requests/step-up.ts';
import type { Site } from './webauthn.ts';

/** A GET, or a POST of a form; answers the JSON. Throws where the issuer cannot be asked or refuses. */
export type AskIssuer = (
  url: string,
  form?: Readonly<Record<string, string>>,
) => Promise<Readonly<Record<string, unknown>>>;

export interface SignInPorts {
  readonly site: Site;
  readonly config: Pick<CordonConfig, 'identities' | 'stepUp'>;
  readonly issuer: AskIssuer;
}

/** Clocks differ, as much as this. */
const skewMs = 60_000;

const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/** Both follow from the link's token, which only the person and the tables know. */
const fromToken = (purpose: 'state' | 'verifier', token: string): string =>
  createHash('sha256').update(`cordon.sign-in.${purpose} ${token}`).digest('base64url');

/** Comes back with the browser: a sign-in begun with another link is none for this one. */
export const stateOf = (token: string): string => fromToken('state', token);

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation */
const discovered = async (ask: AskIssuer, { issuer }: SignInSettings) => {
  const found = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (found['issuer'] !== issuer) throw new Error('the issuer names itself otherwise');
  const address = (name: string): string => {
    const url = new URL(String(found[name]));
    if (url.protocol !== 'https:' && url.hostname !== 'localhost')
      throw new Error(`the issuer’s ${name} is not https`);
    return url.href;
  };
  return {
    authorize: () => address('authorization_endpoint'),
    token: () => address('token_endpoint'),
    keys: () => address('jwks_uri'),
  };
};

/** Where the browser goes to sign in anew. */
export const signInUrl = async (
  { site, issuer }: Pick<SignInPorts, 'site' | 'issuer'>,
  settings: SignInSettings,
  { token, challenge }: { readonly token: string; readonly challenge: string },
): Promise<string> => {
  const url = new URL((await discovered(issuer, settings)).authorize());
  const asked = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: site.url,
    scope: 'openid email',
    state: stateOf(token),
    nonce: challenge,
    code_challenge: createHash('sha256').update(fromToken('verifier', token)).digest('base64url'),
    code_challenge_method: 'S256',
    // A session that is open is nobody's consent.
    prompt: 'login',
    max_age: '0',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
};

/** The ID token for the code; undefined where the issuer takes it for none. */
export const redeem = async (
  { site, issuer }: Pick<SignInPorts, 'site' | 'issuer'>,
  settings: SignInSettings,
  { token, code }: { readonly token: string; readonly code: string },
): Promise<string | undefined> => {
  const to = (await discovered(issuer, settings)).token();
  try {
    const answer = await issuer(to, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: site.url,
      client_id: settings.clientId,
      code_verifier: fromToken('verifier', token),
    });
    return typeof answer['id_token'] === 'string' ? answer['id_token'] : undefined;
  } catch {
    return undefined;
  }
};

const isThem = ({ id, signIn = [] }: Identity, claims: JWTPayload): boolean => {
  const { sub, email, email_verified: verified } = claims;
  if (sub && signIn.includes(sub)) return true;
  return typeof email === 'string' && verified === true && [id, ...signIn].includes(email);
};

/** https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation */
const isForUs = ({ aud, azp }: JWTPayload, { clientId }: SignInSettings): boolean =>
  azp === undefined ? !Array.isArray(aud) || aud.length === 1 : azp === clientId;

export type SignIn =
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'refused'; readonly code: 'not-signed' | 'somebody-else' | 'not-fresh' };

const refused = (code: Extract<SignIn, { kind: 'refused' }>['code']): SignIn => ({
  kind: 'refused',
  code,
});

/**
 * Whether the issuer says that this identity signed in for exactly this challenge, within the time of a
 * link before `at` (milliseconds since 1970). Throws where its keys cannot be read.
 */
export const checkSignIn = async (
  ask: AskIssuer,
  settings: SignInSettings,
  about: {
    readonly idToken: string;
    readonly challenge: string;
    readonly identity: Identity;
    readonly at: number;
  },
): Promise<SignIn> => {
  const keys = await ask((await discovered(ask, settings)).keys());
  const claims = await jwtVerify(
    about.idToken,
    createLocalJWKSet(keys as unknown as JSONWebKeySet),
    {
      issuer: settings.issuer,
      audience: settings.clientId,
      algorithms,
      requiredClaims: ['exp', 'iat', 'sub', 'nonce', 'auth_time'],
      currentDate: new Date(about.at),
      clockTolerance: skewMs / 1000,
    },
  ).then(
    ({ payload }) => payload,
    () => undefined,
  );
  if (!claims || !isForUs(claims, settings) || claims['nonce'] !== about.challenge)
    return refused('not-signed');
  const signedInAt = Number(claims['auth_time']) * 1000;
  const fresh =
    signedInAt >= about.at - linkMinutes * 60_000 - skewMs && signedInAt <= about.at + skewMs;
  if (!fresh) return refused('not-fresh');
  return isThem(about.identity, claims) ? { kind: 'signed-in' } : refused('somebody-else');
};
