/** Slack's secrets while they are replaced: both signatures are valid for a while, the old token a little longer. */
import type { LocalWorld } from '../../src/local/local-world.ts';
import type { Sent } from '../../src/local/slack/gestures.ts';
import { sign } from '../../src/slack/signature.ts';

export interface Rotation {
  /** A new signing secret and a new token, from now on. */
  rotate(): void;
  /** The gesture, as Slack signs it now. */
  signed(sent: Sent): Sent;
}

/** Slack signs with the old secret for so long, and takes the old token; milliseconds. */
const graceMs = 600_000;

export const rotationOf = (world: LocalWorld): Rotation => {
  const { signingSecret, token, ids } = world.slack;
  const newSecret = `${signingSecret}-2`;
  const newToken = `${token}-2`;
  let rotatedAt: number | undefined;
  const isOver = (): boolean => rotatedAt !== undefined && world.clock.now() >= rotatedAt + graceMs;
  world.aws.register('secretsmanager', {
    GetSecretValue: () => ({
      SecretString: JSON.stringify({
        token: rotatedAt === undefined ? token : newToken,
        signingSecrets: rotatedAt === undefined ? [signingSecret] : [newSecret, signingSecret],
        botId: ids.botId,
        botUserId: ids.botUserId,
      }),
    }),
  });
  const { fetch } = world.slack;
  Object.assign(world.slack, {
    fetch: (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      const given = request.headers.get('authorization');
      if (given === null) return fetch(request);
      const isNew = given === `Bearer ${newToken}`;
      if (isNew ? rotatedAt === undefined : isOver())
        return Promise.resolve(Response.json({ ok: false, error: 'invalid_auth' }));
      request.headers.set('authorization', `Bearer ${token}`);
      return fetch(request);
    },
  });
  return {
    rotate() {
      rotatedAt ??= world.clock.now();
    },
    signed(sent) {
      if (!isOver()) return sent;
      const { event } = sent;
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
      const timestamp = event.headers['x-slack-request-timestamp'] ?? '';
      const signature = sign(newSecret, timestamp, body);
      const headers = { ...event.headers, 'x-slack-signature': signature };
      return { ...sent, event: { ...event, headers } };
    },
  };
};
