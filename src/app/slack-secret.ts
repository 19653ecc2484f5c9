/** The Slack secret, read once and remembered for five minutes, so that a rotation is noticed. */
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';

export interface SlackSecret {
  readonly token: string;
  /** The newest first; the one before stays valid while Slack rotates. */
  readonly signingSecrets: readonly string[];
  readonly botId: string;
  readonly botUserId: string;
}

const rememberMs = 300_000;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Throws without quoting anything that was read. */
export const parseSlackSecret = (text: unknown): SlackSecret => {
  const wrong = new Error(
    'The Slack secret must be JSON with token, signingSecrets (a list), botId and botUserId.',
  );
  try {
    const value: Record<string, unknown> = JSON.parse(typeof text === 'string' ? text : '');
    const { token, signingSecrets, botId, botUserId } = value;
    if (!isText(token) || !isText(botId) || !isText(botUserId)) throw wrong;
    if (!Array.isArray(signingSecrets) || signingSecrets.length === 0) throw wrong;
    if (!signingSecrets.every(isText)) throw wrong;
    return { token, signingSecrets, botId, botUserId };
  } catch {
    throw wrong;
  }
};

export const slackSecret = (
  deployment: Pick<Deployment, 'region' | 'slackSecret'>,
  outside: Outside,
): (() => Promise<SlackSecret>) => {
  let known: { readonly secret: Promise<SlackSecret>; readonly until: number } | undefined;
  const load = async (): Promise<SlackSecret> => {
    const answer: { readonly SecretString?: unknown } = await outside.ownCall({
      service: 'secretsmanager',
      operation: 'GetSecretValue',
      region: deployment.region,
      input: { SecretId: deployment.slackSecret },
    });
    return parseSlackSecret(answer.SecretString);
  };
  return async () => {
    const now = outside.chance.now();
    if (!known || known.until <= now) {
      const secret = load();
      known = { secret, until: now + rememberMs };
      secret.catch(() => {
        known = undefined;
      });
    }
    return known.secret;
  };
};
