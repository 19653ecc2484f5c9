import type { Sentence } from './sentence.ts';

/** Commands, shortcuts, posture, redaction, the Home tab and the digest. */
export const commandsAndScreens: readonly Sentence[] = [
  {
    says: 'Bare `/cordon` shows what applies to the person now.',
    proof: {
      'stories/commands.test.ts': [
        'alone it tells what waits for the person: approvals, own cases, on call or not',
      ],
    },
  },
  {
    says: 'A command answers bad input with its uses.',
    proof: {
      'stories/commands.test.ts': [
        '`/cordon %s` is answered with its uses',
        'a word that is no command is answered with the one that was meant',
      ],
    },
  },
];
