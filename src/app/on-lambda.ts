/** The outside as it is on AWS Lambda. */
import { randomBytes } from 'node:crypto';
import { jsonCall } from './json-call.ts';
import type { Outside } from './outside.ts';
import { slackFetch } from './slack-fetch.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 22 letters and digits: 130 random bits. Bytes that would favour some letters are thrown away. */
export const randomId = (): string => {
  let id = '';
  while (id.length < 22)
    for (const byte of randomBytes(32))
      if (byte < 248 && id.length < 22) id += alphabet[byte % alphabet.length];
  return id;
};

export const onLambda = (environment: Readonly<Record<string, string | undefined>>): Outside => ({
  chance: { now: () => Date.now(), id: randomId },
  log: (line, facts = {}) => {
    process.stdout.write(`${JSON.stringify({ line, ...facts })}\n`);
  },
  ownCall: jsonCall(environment),
  slackFetch,
  viewPatienceMs: 2500,
  ...(environment['SLACK_API_URL'] ? { slackApiUrl: environment['SLACK_API_URL'] } : {}),
});
