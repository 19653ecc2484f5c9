import type { Sentence } from './sentence.ts';

/** What runs as one, and what runs by itself. */
export const playbooksAndAutomation: readonly Sentence[] = [
  {
    says: 'A playbook applies by rule, type, severity and resource.',
    proof: {
      'playbooks/playbooks.test.ts': [
        'follows the rule that decided, not the type',
        'follows the type where a rule of your own decided',
        'is nothing below its severity or without a resource of its kind',
      ],
    },
  },
  {
    says: 'Its targets are derived from the case.',
    proof: {
      'playbooks/playbooks.test.ts': ['derives the user from the key, and the key itself'],
    },
  },
  {
    says: 'Its phases come in order, and its conditions name earlier steps.',
    proof: {
      'playbooks/playbooks.test.ts': [
        'goes through its phases in order and fits on a button',
        'names each step once, and as a condition only earlier ones',
      ],
    },
  },
  {
    says: 'One combined plan: what is refused is named, and the highest tier counts.',
    proof: {
      'playbooks/playbooks.test.ts': [
        'names what is refused and leaves it out; the highest tier of the rest counts',
        'refuses where every action is refused',
      ],
    },
  },
  {
    says: 'Each of the default playbooks goes from its event to a resolved case.',
    proof: {
      'stories/playbooks-table.test.ts': ['$id: from the event to a resolved case'],
    },
  },
  {
    says: 'One approval runs the whole as one execution; manual steps are ticked.',
    proof: {
      'stories/playbooks.test.ts': [
        'a stolen key: one plan and one approval; what a person does is ticked',
        'nobody without a role ticks a step, and nobody who lost theirs is behind it any more',
      ],
    },
  },
  {
    says: 'A failed step is named, and is tried again, skipped with a reason, or all is undone.',
    proof: {
      'stories/playbooks.test.ts': [
        'a step that fails is named, tried again, skipped with a reason, and what was done is undone',
      ],
      'stories/playbooks-failing.test.ts': [
        'whichever change is refused: the step is named, tried again, and all of it done; or undone',
      ],
    },
  },
  {
    says: 'Undo works by step and for the whole.',
    proof: {
      'stories/playbooks.test.ts': [
        'a compromised server: three actions of two kinds, one step taken back alone, then the rest',
      ],
    },
  },
  {
    says: 'Long waits survive a restart, and a killed execution repeats no change.',
    proof: {
      'stories/playbooks.test.ts': [
        'every invocation is killed, each a little later than the one before: nothing is changed twice',
      ],
      'stories/playbooks-failing.test.ts': [
        'each of its invocations dies once, later each time: nothing is done twice',
      ],
    },
  },
  {
    says: 'Every action says how to do it without Cordon.',
    proof: {
      'playbooks/playbooks.test.ts': ['every action says how to do it by hand'],
    },
  },
  {
    says: 'Automation in shadow says what it would have done, and a weekly report compares it with what people did.',
    proof: {
      'stories/automation.test.ts': [
        'in shadow it says what it would have done, and on Monday how that compares with what people did',
      ],
      'requests/automation.test.ts': [
        'shadow agrees with what people carried out, whatever they asked for besides',
      ],
    },
  },
  {
    says: 'Automation with a veto announces, counts down, and anybody authorised stops it.',
    proof: {
      'stories/automation.test.ts': [
        'a countdown is announced, a guest cannot stop it, a responder can, and nothing is changed',
      ],
      'requests/automation.test.ts': [
        'of a veto and the end of the countdown one wins, and the other is told who',
      ],
    },
  },
  {
    says: 'What ran by itself asks for review, and the audit names its rule.',
    proof: {
      'stories/automation.test.ts': [
        'nobody stops it: it runs under its own name, once, asks for review, and one responder may undo it',
      ],
    },
  },
  {
    says: 'Mode auto runs a playbook as far as it needs nobody.',
    proof: {
      'stories/automation.test.ts': [
        'a playbook runs as far as it needs nobody; in mode auto at once',
      ],
      'requests/automation.test.ts': [
        'of a playbook no step of a person and no evidence runs by itself',
      ],
    },
  },
  {
    says: 'Only reversible actions of tier 2 at most run by themselves.',
    proof: {
      'requests/automation.test.ts': [
        'a rule stands in for people only where it was launched, at tier 2 at most, without a no',
        'these actions run without people, and no other: whoever adds one reads it here',
      ],
    },
  },
  {
    says: 'Accounts that are not allowed and exempt tags hold automation back.',
    proof: {
      'stories/automation-guards.test.ts': [
        'what changes during the countdown is seen at its end: the list of accounts, an exempt tag',
      ],
    },
  },
  {
    says: 'A sample runs nothing by itself.',
    proof: {
      'stories/automation-guards.test.ts': [
        'a sample never runs anything, nor does what is only observed, and the thread says why',
      ],
    },
  },
  {
    says: 'A budget by hour and account opens a breaker, loudly.',
    proof: {
      'stories/automation-guards.test.ts': [
        'one run more than the budget opens the breaker, loudly; an approver closes it',
      ],
      'requests/automation.test.ts': [
        'a budget has so many places within an hour; the same run has one, however often it asks',
      ],
    },
  },
  {
    says: 'One kill switch stops all of it, also from outside Slack.',
    proof: {
      'stories/automation-guards.test.ts': [
        'the kill switch calls off what counts down, and stops what runs before its next step',
        'what runs stops between two steps when the switch is pressed, and what was done can be undone',
        'an item that Cordon did not write stops everything, from outside Slack',
      ],
    },
  },
];
