/** web without the Slack secret: an answer of its own that tells nothing, and a line in the log that tells why. */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import type { Outside } from '../../src/app/outside.ts';
import { webFunction } from '../../src/app/web.ts';
import { localDeployment } from '../../src/local/runtime/resources.ts';

const secretOf = {
  token: 'xoxb-not-a-token',
  signingSecrets: ['s3cret'],
  botId: 'B0',
  botUserId: 'U0',
};

const web = (answers: readonly (() => Promise<object>)[]) => {
  const lines: string[] = [];
  let asked = 0;
  const outside: Outside = {
    chance: { now: () => Date.parse('2026-11-22T09:00:00Z'), id: () => 'id' },
    log: (line, facts) => lines.push(JSON.stringify({ line, ...facts })),
    ownCall: async () => {
      const answer = answers[asked] ?? answers.at(-1);
      asked += 1;
      return answer ? answer() : {};
    },
  } as Pick<Outside, 'chance' | 'log' | 'ownCall'> as Outside;
  const handle = webFunction(localDeployment, outside);
  const press = () =>
    handle(
      { headers: {}, body: 'payload=x', isBase64Encoded: false } as APIGatewayProxyEventV2,
      {} as Context,
    );
  return { press, lines };
};

test.each([
  ['Secrets Manager says no', () => Promise.reject(new Error('AccessDeniedException'))],
  ['it is empty', async () => ({})],
  ['it is no JSON', async () => ({ SecretString: 'xoxb-leaked' })],
])('%s: 500 without a word, and the log says why without the secret', async (_, answer) => {
  const { press, lines } = web([answer]);
  expect(await press()).toEqual({ statusCode: 500, body: '' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('slack.secret');
  expect(lines[0]).not.toContain('xoxb');
});

test('once it can be had again, the next request is looked at as ever', async () => {
  const { press } = web([
    () => Promise.reject(new Error('AccessDeniedException')),
    async () => ({ SecretString: JSON.stringify(secretOf) }),
  ]);
  expect((await press()).statusCode).toBe(500);
  // Not signed, nor even posted: that is for the receiver to say.
  expect((await press()).statusCode).toBe(405);
});
