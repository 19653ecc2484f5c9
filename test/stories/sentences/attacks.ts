import type { Sentence } from './sentence.ts';

/** What attackers try, each with the test in which they fail. */
export const attacks: readonly Sentence[] = [
  {
    says: 'A replayed request acts once, and not at all when it is old.',
    proof: {
      'stories/doubles.test.ts': [
        '%s acts once, and both get 200',
        'again after five minutes is refused by its age',
      ],
    },
  },
  {
    says: 'A forged or unsigned request is refused before anything is stored or sent.',
    proof: {
      'slack/receiver.test.ts': ['logs that a request failed, and nothing of what it carried (%#)'],
      'house/bundles.test.ts': [
        'an unsigned click is refused before anything but the secret is touched',
      ],
    },
  },
  {
    says: 'An old button decides nothing about what came after it.',
    proof: {
      'stories/drift.test.ts': [
        'voids the approval, posts the new plan as a new message, and changes nothing',
        'leaves nothing that the old card can be denied or withdrawn with',
      ],
    },
  },
  {
    says: 'The id of another card decides neither.',
    proof: {
      'stories/promises.test.ts': [
        'a payload that names the other one decides neither: the stored token does',
      ],
    },
  },
  {
    says: 'Altered metadata of a modal makes no request.',
    proof: {
      'stories/attacks.test.ts': ['to somebody else’s plan, or to none, makes no request'],
    },
  },
  {
    says: 'Nobody approves their own by a second account.',
    proof: {
      'stories/requests.test.ts': ['by the second account of the requester counts as their own'],
    },
  },
  {
    says: 'Who leaves the group between click and execution is nobody at its start.',
    proof: {
      'stories/people.test.ts': [
        'of the requester, when the last approval comes',
        'of the approver, between approval and a start that was held up',
      ],
    },
  },
  {
    says: 'Nobody of another workspace or organisation, and no guest, is heard.',
    proof: {
      'stories/people.test.ts': ['is refused on every control, told why, and nothing happens'],
      'stories/shared-channel.test.ts': [
        'where the organisation is named, clicks and commands from another or from none are refused',
      ],
    },
  },
  {
    says: 'A target that changes between plan and run is not changed by what was approved before.',
    proof: {
      'stories/drift.test.ts': [
        'voids the approval, posts the new plan as a new message, and changes nothing',
        'fails the request loudly, still without any change',
      ],
    },
  },
  {
    says: 'An event that AWS did not send is no card, and a finding about another account offers no action there.',
    proof: {
      'stories/attacks.test.ts': [
        '%s: no card, and the reason is counted',
        'a finding about another account than its product may speak of offers nothing but to be suppressed',
      ],
    },
  },
  {
    says: 'No field of a finding becomes more than text.',
    proof: {
      'stories/hostile-text.test.ts': ['%s stay plain text on card, plan, answers and edits'],
      'slack/text.test.ts': [
        'whatever an attacker writes, nothing of Slack syntax survives and the length holds',
      ],
    },
  },
  {
    says: 'No log line holds a secret, a payload or what an attacker wrote.',
    proof: {
      'stories/attacks.test.ts': [
        'no log line of a whole life holds a secret, a payload or what the attacker wrote',
      ],
      'slack/receiver.test.ts': ['logs that a request failed, and nothing of what it carried (%#)'],
    },
  },
  {
    says: 'A flood of unsigned requests and giant bodies costs nothing, and a click gets through.',
    proof: {
      'stories/attacks.test.ts': [
        'a flood of unsigned requests and giant bodies costs no call and no message, and a click gets through',
      ],
    },
  },
  {
    says: 'An audit that somebody changed says where.',
    proof: {
      'audit/verify.test.ts': [
        'a newest segment forged with its head, but not its hashes',
        'a table rewritten together with a segment, by the head that names the other bytes',
      ],
      'audit/verify-property.test.ts': [
        'nothing that changes one character of the table or the vault stays unseen',
      ],
    },
  },
];
