import type { Sentence } from './sentence.ts';

/** Each number of where the organisation stands. */
export const posture: readonly Sentence[] = [
  {
    says: 'The security score is computed, by standard and account.',
    proof: {
      'posture/score.test.ts': [
        'scores %s',
        'by standard and account, and the summary is the average of the standards',
      ],
      'posture/questions.test.ts': ['a score for each standard and the accounts that score lowest'],
    },
  },
  {
    says: 'The new Security Hub is counted where it is enabled.',
    proof: {
      'posture/elsewhere.test.ts': [
        'the new Security Hub counts by itself, with a trend, and gives the same scores',
        'one account of the new Security Hub is asked about alone',
      ],
    },
  },
  {
    says: 'GuardDuty’s open findings are counted by severity.',
    proof: {
      'posture/elsewhere.test.ts': [
        'open findings of GuardDuty count by severity, archived ones do not',
      ],
    },
  },
  {
    says: 'Every question of the list is answered from the accounts: root, keys, trails, access, encryption, deletion.',
    proof: { 'posture/questions.test.ts': ['%s'] },
  },
  {
    says: 'Buckets and keys are asked through Config’s aggregator, else one by one.',
    proof: {
      'posture/elsewhere.test.ts': [
        "Config's aggregator answers for all accounts at once",
        'one account is asked itself, bucket by bucket and key by key',
      ],
    },
  },
  {
    says: 'Control policies of a unit cover the accounts below it.',
    proof: {
      'posture/elsewhere.test.ts': ['policies of a unit count for the accounts in it and below'],
    },
  },
  {
    says: 'Shield and Network Firewall are told where they are used.',
    proof: {
      'posture/elsewhere.test.ts': [
        'Shield Advanced and Network Firewall are told where they are used',
      ],
    },
  },
  {
    says: 'One account is asked about by name or id.',
    proof: {
      'stories/posture.test.ts': [
        'one account, by name or id; one that nobody knows is refused with the known ones',
      ],
    },
  },
  {
    says: 'Posture is not told to a guest.',
    proof: { 'stories/posture.test.ts': ['a guest is told nothing, and AWS is not asked'] },
  },
];
