import type { Sentence } from './sentence.ts';

/** What people and the clock do with a case. */
export const caseLifecycle: readonly Sentence[] = [
  {
    says: 'A case is acknowledged, and the acknowledgement taken back.',
    proof: {
      'stories/lifecycle-hands.test.ts': [
        'says when it escalates, calls again, then pages; acknowledged, it is quiet',
        'that was acknowledged in time, and then not any more, has its time anew',
      ],
    },
  },
  {
    says: 'A case is assigned to oneself or to another responder.',
    proof: {
      'stories/lifecycle-hands.test.ts': [
        'to oneself is one tap and pings nobody; to another tells them in a message',
        'to somebody who may not respond is refused, and says so',
      ],
    },
  },
  {
    says: 'What is written in the thread goes into the record.',
    proof: {
      'stories/lifecycle-words.test.ts': [
        'is kept in the record as it was written, by whom, and drawn as plain text',
        'of a guest or a stranger, and they are told why',
      ],
    },
  },
  {
    says: 'A snooze has an end, and is broken by a new actor.',
    proof: {
      'stories/lifecycle-hands.test.ts': [
        'ends when it said, with a message that calls whoever has it',
        'is broken by a new actor, not by a repeat',
        'of what is CRITICAL lasts four hours at most, and never without a reason',
      ],
    },
  },
  {
    says: 'Escalation goes by steps: people, a user group, another channel, the pager.',
    proof: {
      'stories/lifecycle-hands.test.ts': [
        'goes by the steps of the configuration: a group, another channel, the pager',
      ],
    },
  },
  {
    says: 'Resolving needs a classification and a note.',
    proof: {
      'stories/lifecycle-ends.test.ts': [
        'asks what it was and a note, says both on the card, and takes it off the list',
      ],
    },
  },
  {
    says: 'A resolved case is re-opened by a responder, or by something new.',
    proof: {
      'stories/lifecycle-ends.test.ts': [
        'is opened again by a responder, who has it then; only whoever had it is called',
        'is opened again by something new, not by a repeat',
      ],
    },
  },
  {
    says: 'Cases are merged and split.',
    proof: {
      'stories/lifecycle-ends.test.ts': [
        'tells the findings in the other case, sends what comes later there, and closes this one',
        'gives a finding a case and a card of its own, where its repeats go from then on',
      ],
    },
  },
  {
    says: 'A false positive offers a suppression with what it would have hidden.',
    proof: {
      'stories/lifecycle-ends.test.ts': [
        'as a false positive offers a suppression with what it would have hidden',
      ],
    },
  },
  {
    says: 'Resolving writes back to GuardDuty and Security Hub, where the configuration wants it.',
    proof: {
      'stories/write-back.test.ts': [
        'a resolved case archives its finding, tells nobody of its own doing, and re-opening offers to take it back',
        'Security Hub is told RESOLVED, and SUPPRESSED where the finding was wrong',
        'where the findings role is missing the case is resolved all the same, and its thread says why',
        'unless the configuration wants it, resolving changes nothing in AWS',
        'killed before write %i of resolving, the source is told all the same, once',
        'whoever is no responder any more when it is asked for asks for nothing',
        'a case that somebody wrote into asks for nothing: not even a plan that a person was shown',
      ],
    },
  },
  {
    says: 'What was archived in AWS comes back to the card.',
    proof: {
      'stories/lifecycle-ends.test.ts': [
        'says when its source archived the finding, and in a message when it is back',
      ],
      'stories/over-at-source.test.ts': [
        'a key whose finding was archived stays open, says so to the people on call, and escalates',
        'where nobody may have stolen credentials it closes, and the thread says it to nobody in particular',
        'what Cordon archived itself is no news, what somebody archives after its undo is',
        'a finding that somebody resolved in Security Hub says so with the call to look for',
        'a control that passes is over without anybody to look for',
      ],
    },
  },
  {
    says: 'One contained case pings each person at most twice, and nobody by what they did.',
    proof: {
      'stories/lifecycle-words.test.ts': [
        'a contained case pings each person at most twice, and nobody by what they did',
      ],
    },
  },
  {
    says: '“Was this you?”: a yes annotates and lowers, and closes nothing.',
    proof: {
      'stories/lifecycle-words.test.ts': [
        'a yes is a remark: it closes nothing, and lowers not below HIGH where a key is stolen',
        'a no raises the case and calls people; the answer counts once',
        'is answered by nobody else, and not offered where nobody is known',
      ],
    },
  },
  {
    says: 'Who is called goes by severity, hours and route.',
    proof: {
      'stories/routes.test.ts': [
        'findings of two accounts go to their own channels and people, the rest to the default',
        'what is below HIGH is shown at %s and calls %d',
        'HIGH calls on a Sunday night',
      ],
    },
  },
  {
    says: 'Who is on call comes from a user group or from a schedule in the configuration.',
    proof: {
      'rules/on-call.test.ts': [
        '%s calls one person',
        'without a rotation the groups and users are called',
      ],
    },
  },
  {
    says: 'Reminders stop when somebody has it.',
    proof: {
      'stories/lifecycle-hands.test.ts': [
        'says when it escalates, calls again, then pages; acknowledged, it is quiet',
      ],
    },
  },
  {
    says: 'Links to console, CloudTrail and Detective are built from validated parts.',
    proof: {
      'findings/console-links.test.ts': [
        'an instance is shown in its console, its trail and Detective',
        'as an instance: %j',
        'a user with an odd name is encoded, and stays on the host',
      ],
    },
  },
  {
    says: 'The timeline tells what happened and what happens next.',
    proof: {
      'stories/lifecycle-words.test.ts': [
        'the timeline tells what is planned and what happened, the newest first, by pages',
      ],
    },
  },
];
