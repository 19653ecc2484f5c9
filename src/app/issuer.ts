/** Calls of the organisation's OpenID Connect issuer: JSON in answer to a GET or a form. */
import type { AskIssuer } from '../flows/step-up/sign-in.ts';
import type { Outside } from './outside.ts';

/** The person waits before the page. */
const patienceMs = 5_000;

/** Follows no redirect, and quotes nothing that was sent or answered. */
export const askIssuer =
  ({ issuerFetch = globalThis.fetch }: Pick<Outside, 'issuerFetch'>): AskIssuer =>
  async (url, form) => {
    const response = await issuerFetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      headers: { accept: 'application/json' },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
    const answer: unknown = await response.json();
    if (typeof answer !== 'object' || answer === null)
      throw new Error('the issuer answered something else than an object');
    return answer as Readonly<Record<string, unknown>>;
  };
