import type { Sentence } from './sentence.ts';

/** What is known, rehearsed and learned. */
export const evidenceDrillsReviews: readonly Sentence[] = [
  {
    says: 'Evidence tells who is behind a key, what it did, what changed, and what is new on repeats.',
    proof: {
      'stories/case-evidence.test.ts': [
        'a stolen key: the thread says who, what it did and what is new; bucket and audit have it; gathered again, it says what came since',
      ],
      'evidence/activity.test.ts': [
        'first and last, Regions, addresses, denied and destructive calls, the most frequent first',
      ],
    },
  },
  {
    says: 'What evidence could not read is named in place.',
    proof: {
      'stories/case-evidence.test.ts': [
        'a look-up that is throttled, one that is denied and a role that refuses are named in place, and the rest is there',
      ],
      'evidence/sources.test.ts': ['a look-up ends at 150 events and says that there are more'],
    },
  },
  {
    says: 'Evidence goes on after a restart and asks nothing twice.',
    proof: {
      'stories/case-evidence.test.ts': [
        'killed between two sources, it goes on a minute later with what is missing and asks nothing twice',
      ],
    },
  },
  {
    says: 'Evidence of the network is read from flow logs, resolver logs, bucket and load-balancer logs.',
    proof: {
      'stories/network-evidence.test.ts': [
        'talkers with ports and bytes, what was rejected, and the names, in the thread and the bucket',
        'who read a bucket is told from its access logs by Athena, started under a token of the gathering',
        'what an address asked of load balancers is told; a table that may not be queried is named',
      ],
    },
  },
  {
    says: 'A case is exported as a bundle that verifies itself.',
    proof: {
      'cli/export.test.ts': [
        'a case is exported with its record and evidence, once, and the folder is whole',
      ],
    },
  },
  {
    says: '`can` answers with the reason, and the organisation’s policies count.',
    proof: {
      'stories/can.test.ts': [
        'a control policy of the organisation, whatever the policies say',
        'what AWS does not answer is told, and nothing is guessed',
        'a principal of an open case is answered with what to press',
      ],
    },
  },
  {
    says: 'Access Analyzer checks the policies of a case.',
    proof: {
      'stories/can.test.ts': ['--policy checks what a resource and what a case have'],
    },
  },
  {
    says: 'Access Analyzer judges Cordon’s own policies in the checks of a deployment.',
    proof: {
      'cli/doctor/policies.test.ts': [
        'before a deployment the member roles of this release are judged, and each is what it claims',
        'a policy that is not sound is named with what AWS says',
      ],
    },
  },
  {
    says: 'A drill goes the whole way, is scored, and changes nothing in AWS.',
    proof: {
      'stories/drills.test.ts': [
        '%s goes the whole way, is undone and scored, and no call changes anything in AWS',
      ],
    },
  },
  {
    says: 'Game days begin by themselves.',
    proof: {
      'stories/drills.test.ts': [
        'a game day begins once, at its time, where the configuration says',
      ],
    },
  },
  {
    says: 'A drill’s twists: drift, an absent approver, Slack failing, a counter-move.',
    proof: {
      'stories/drill-twists.test.ts': [
        'drift: the approval is void, the new plan needs its own, and the end tells it',
        'nobody is called and no approver can answer for some minutes; one who asked alone is told so as ever',
        'Slack fails: what people do counts, and the card catches up',
        'a counter-move: the next look finds what the attacker took back',
      ],
    },
  },
  {
    says: 'A drill is told apart from what is real, whoever writes otherwise.',
    proof: {
      'stories/drills.test.ts': [
        'what is real counts no drill: no page, no figure, no balance; the digest has a list of its own',
      ],
      'stories/drill-twists.test.ts': [
        'whoever holds the cases table makes no real case a drill, and no drill real',
        'an event that calls itself a drill is an ordinary finding',
      ],
    },
  },
  {
    says: 'A drill has one role, which lacks what changes anything.',
    proof: {
      'stories/drill-twists.test.ts': [
        'the session of a drill’s one real question allows that question, and AWS refuses anything else',
      ],
    },
  },
  {
    says: 'On resolve a review is drafted from the record, as a canvas and as Markdown.',
    proof: {
      'stories/post-incident.test.ts': [
        'a true positive that is resolved gets a canvas with the times of the record, once',
        'what people write in it stays: a later draft is in the thread',
      ],
      'stories/review-without-canvas.test.ts': [
        'a channel that another organisation reads gets no canvas',
      ],
    },
  },
  {
    says: 'A review tells roles before names, and each line’s source.',
    proof: {
      'reviews/factors.test.ts': [
        'the timeline gives roles before names, and from where each line is known',
        'the good is told: targets kept, a fast approval, what was read back',
      ],
    },
  },
  {
    says: 'Follow-ups have an owner, and are in the digest until they are closed.',
    proof: {
      'stories/post-incident.test.ts': [
        'a follow-up has an owner and a day, and is in digest and home until it is done',
      ],
    },
  },
  {
    says: 'Similar cases and what came of them are on new ones.',
    proof: {
      'stories/post-incident.test.ts': ['the next case like it says what came of this one'],
      'cases/similar.test.ts': [
        'at most three that are closed: those about the same thing first, then the newest',
      ],
    },
  },
  {
    says: 'A month has its times, and false positives by rule.',
    proof: {
      'stories/post-incident.test.ts': [
        'a false positive is counted by its month and gets no review',
      ],
      'reviews/ended-case.test.ts': ['a month without cases has no times'],
    },
  },
];
