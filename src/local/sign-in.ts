/**
 * The OpenID Connect issuer of the local world: discovery, keys, the token endpoint and a page on which one
 * is whoever one wants to be. It keeps to what the specification asks of the other side, PKCE too.
 * https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 */
import { createHash } from 'node:crypto';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose';
import type { CordonConfig } from '../config/config.ts';

/** What a dishonest or careless issuer would do otherwise. */
export interface SignInLies {
  readonly issuer?: string;
  readonly audience?: string;
  readonly nonce?: string;
  /** Seconds since 1970. */
  readonly authTime?: number;
  readonly emailVerified?: boolean;
  /** Signs with a key that it does not publish. */
  readonly otherKey?: boolean;
}

interface Given {
  readonly asked: URLSearchParams;
  readonly email: string;
  readonly lies: SignInLies;
}

export interface LocalIssuer {
  /** `fetch` as far as it reaches this issuer. */
  readonly fetch: typeof globalThis.fetch;
  /** Signs in as this person at the address that the step-up page gave; answers where the browser goes. */
  signIn(url: string, email: string, lies?: SignInLies): string;
  /** The page of the authorization endpoint. */
  page(url: string): string;
}

const kid = 'local';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** An issuer of the configuration that is this world is where the world's page is, whatever its port. */
export const atLocalIssuer = (config: CordonConfig, stepUpUrl: string): CordonConfig => {
  const { oidc } = config.stepUp;
  return oidc && new URL(oidc.issuer).hostname === 'localhost'
    ? { ...config, stepUp: { oidc: { ...oidc, issuer: new URL('/sign-in', stepUpUrl).href } } }
    : config;
};

interface Keys {
  readonly own: GenerateKeyPairResult;
  /** Never published. */
  readonly other: GenerateKeyPairResult;
}

/** Made when somebody signs in: most worlds need none. */
const lazyKeys = (): (() => Promise<Keys>) => {
  let made: Promise<Keys> | undefined;
  return () => {
    made ??= Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]).then(
      ([own, other]) => ({ own, other }),
    );
    return made;
  };
};

const idToken = (
  { asked, email, lies }: Given,
  { own, other }: Keys,
  about: { readonly issuer: string; readonly at: number },
): Promise<string> =>
  new SignJWT({
    nonce: lies.nonce ?? asked.get('nonce'),
    auth_time: lies.authTime ?? about.at,
    email,
    email_verified: lies.emailVerified ?? true,
  })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(lies.issuer ?? about.issuer)
    .setAudience(lies.audience ?? asked.get('client_id') ?? '')
    .setSubject(`local|${email}`)
    .setIssuedAt(about.at)
    .setExpirationTime(about.at + 300)
    .sign(lies.otherKey ? other.privateKey : own.privateKey);

/** RFC 7636 §4.6, and the code is for whoever it was given to. */
const fits = ({ asked }: Given, form: URLSearchParams): boolean =>
  asked.get('code_challenge') ===
    createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url') &&
  asked.get('redirect_uri') === form.get('redirect_uri') &&
  asked.get('client_id') === form.get('client_id');

const pageOf = (
  links: readonly (readonly [email: string, url: string])[],
): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title>
<h1>Example sign-in</h1><p>The local world’s identity provider. Who are you?</p>
${links.map(([email, url]) => `<p><a href="${escaped(url)}">${escaped(email)}</a></p>`).join('\n')}
</html>`;

export const localIssuer = ({
  issuer,
  people,
  now,
  newId,
}: {
  /** Its address, without a slash at the end. */
  readonly issuer: string;
  /** E-mail addresses that its page offers. */
  readonly people: readonly string[];
  readonly now: () => number;
  readonly newId: () => string;
}): LocalIssuer => {
  const codes = new Map<string, Given>();
  const keys = lazyKeys();
  const redeem = async (form: URLSearchParams): Promise<Response> => {
    const code = form.get('code') ?? '';
    const given = codes.get(code);
    codes.delete(code);
    if (!given || !fits(given, form))
      return Response.json({ error: 'invalid_grant' }, { status: 400 });
    const about = { issuer, at: Math.floor(now() / 1000) };
    const id_token = await idToken(given, await keys(), about);
    return Response.json({ token_type: 'Bearer', access_token: 'none', id_token });
  };
  const answer = async (url: string, form: URLSearchParams): Promise<Response> => {
    switch (url) {
      case `${issuer}/.well-known/openid-configuration`:
        return Response.json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
        });
      case `${issuer}/keys`:
        return Response.json({
          keys: [{ ...(await exportJWK((await keys()).own.publicKey)), kid, alg: 'ES256' }],
        });
      case `${issuer}/token`:
        return redeem(form);
      default:
        return Response.json({ error: 'not_found' }, { status: 404 });
    }
  };
  const signIn: LocalIssuer['signIn'] = (url, email, lies = {}) => {
    const asked = new URL(url).searchParams;
    const code = newId();
    codes.set(code, { asked, email, lies });
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    return back.href;
  };
  return {
    fetch: (input, init) =>
      answer(
        String(input),
        init?.body instanceof URLSearchParams ? init.body : new URLSearchParams(),
      ),
    signIn,
    page: (url) => pageOf(people.map((email) => [email, signIn(url, email)])),
  };
};
