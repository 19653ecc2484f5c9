import type { Sentence } from './sentence.ts';

/** What an attacker can write stays text. */
export const textSafety: readonly Sentence[] = [
  {
    says: 'Nothing that an attacker can write becomes a mention, a link or a status.',
    proof: {
      'slack/text.test.ts': [
        'whatever an attacker writes, nothing of Slack syntax survives and the length holds',
        'an untrusted string cannot reach our mrkdwn: the compiler refuses it',
        'cuts after escaping, at whole entities and whole characters, and says so',
      ],
    },
  },
];
