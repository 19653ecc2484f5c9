import type { Sentence } from './sentence.ts';

/** Who may do what. */
export const authority: readonly Sentence[] = [
  {
    says: 'Two settings suffice to start: responders and approvers.',
    proof: {
      'stories/isolate.test.ts': [
        'is planned, approved by another person, carried out, verified and undone',
      ],
      'stories/people.test.ts': ['is everybody when the configuration names nobody'],
    },
  },
  {
    says: 'Finer roles (viewer, admin) are optional.',
    proof: {
      'stories/scopes.test.ts': [
        'a viewer looks and does nothing; an administrator withdraws what others asked for',
      ],
    },
  },
  {
    says: 'Roles are scoped by account, tag or action.',
    proof: {
      'stories/scopes.test.ts': [
        'a responder of one account contains there and nowhere else, and whoami says so',
        'an approver of another account neither approves, denies nor is asked',
      ],
      'requests/matrix.test.ts': ['%s: every action and playbook, tier and stage'],
    },
  },
  {
    says: 'Tiers are overridden by action, account or tag.',
    proof: {
      'stories/scopes.test.ts': [
        'a tier that the configuration raises for an account is asked for there',
      ],
      'requests/tiers.test.ts': ['a rule %s'],
    },
  },
  {
    says: 'Whom a case is about neither approves, denies, suppresses, closes nor undoes in it.',
    proof: {
      'stories/people.test.ts': [
        'whom the case is about neither approves nor denies it, and reads why in whoami',
        'whoever contains their own identity does not take it back within the quick minutes',
      ],
      'stories/lifecycle-ends.test.ts': ['of a case about oneself is refused'],
    },
  },
  {
    says: 'What is remembered of a group is a minute old at most, and forgotten when Slack says it changed.',
    proof: {
      'stories/people.test.ts': [
        'whoever Slack says was removed from a group is refused at once, not after a minute',
      ],
    },
  },
  {
    says: 'Membership is looked up at decision time, and a failure denies.',
    proof: {
      'stories/people.test.ts': [
        'between click and submit',
        'of the requester, when the last approval comes',
        'of the approver, between approval and a start that was held up',
        'is denied while %s fails',
      ],
    },
  },
  {
    says: 'Guests, bots, deleted and external users are refused.',
    proof: {
      'stories/people.test.ts': [
        'is refused on every control, told why, and nothing happens',
        'a user whose account is deactivated is refused, although the click is signed',
      ],
      'requests/authority.test.ts': ['asked to %s as %s is refused'],
    },
  },
  {
    says: 'Workspace and enterprise are pinned, and shared channels are refused.',
    proof: {
      'stories/shared-channel.test.ts': [
        'a channel that is shared is shown no card; the case waits, people are paged, and it is shown once it is ours alone',
        'a card that was there before is not edited any more, and its buttons refuse',
        'where Slack cannot say who reads the channel, the answer is no',
        'where the organisation is named, clicks and commands from another or from none are refused',
      ],
    },
  },
  {
    says: 'Tier 1: one responder is enough, by submitting with a reason.',
    proof: {
      'stories/keys.test.ts': [
        'one responder deactivates a leaked key by submitting, and undoes it',
      ],
    },
  },
  {
    says: 'The requester alone never approves, by whichever of their Slack accounts.',
    proof: {
      'stories/requests.test.ts': [
        'by the requester alone is refused, and the answer says what is needed',
        'by the second account of the requester counts as their own',
      ],
    },
  },
  {
    says: 'The identity map gives the source identity for AWS.',
    proof: {
      'stories/accounts.test.ts': ['is for the person, by whichever of their accounts they ask'],
    },
  },
  {
    says: 'A request expires by itself, and is over whoever wakes up.',
    proof: {
      'stories/requests.test.ts': [
        'expires by itself after 15 minutes, and the card says so',
        'is refused too late even when no tick has run',
      ],
    },
  },
  {
    says: 'Its requester, and nobody else, can withdraw a request.',
    proof: { 'stories/requests.test.ts': ['is withdrawn by its requester and by nobody else'] },
  },
  {
    says: 'Tier 3 needs two approvers, each confirming with a passkey on a page of its own.',
    proof: {
      'stories/step-up.test.ts': [
        'an action of tier 3 runs after two approvers have confirmed with their passkeys',
        'another site, and a form: the page answers its own script only',
        'whoever writes votes without signatures: the executor checks them itself',
      ],
    },
  },
  {
    says: 'A fresh sign-in at the organisation’s issuer confirms as well; the executor checks it itself.',
    proof: {
      'stories/sign-in.test.ts': [
        'the page asks the issuer for a fresh sign-in that names this request and person',
        '%s confirms nothing',
        'a sign-in begun with another link, or a code that was used, confirms nothing',
        'two approvers sign in anew, the executor checks both itself, and it is contained',
        'an ID token of another request is none for this one: the executor looks itself',
      ],
    },
  },
  {
    says: 'Scoped to actions, a role holds for a playbook that takes no other.',
    proof: {
      'stories/scopes.test.ts': [
        'whoever may take every action of a playbook may ask for the playbook',
      ],
      'requests/matrix.test.ts': ['%s: every action and playbook, tier and stage'],
    },
  },
  {
    says: 'A request is denied with a reason, which who asked reads and the record keeps.',
    proof: {
      'stories/requests.test.ts': [
        'is denied by an approver, who is named, and can be asked for again',
      ],
    },
  },
  {
    says: 'Break-glass: tier 2 only, off by default, by whoever is on call, announced loudly.',
    proof: {
      'stories/alone.test.ts': [
        'runs at tier 2 without an approver, and channel, pager and audit say who and why',
        'is for whoever is on call: another responder is refused, and nothing happens',
        'is off unless the configuration allows it, whatever is pressed',
        'never replaces the approvals of tier 3',
        'is void when live state drifts before the start',
        'is refused while Slack cannot tell who is on call, and without a reason',
      ],
    },
  },
  {
    says: 'A lone responder is never left waiting: the card lists what they may do now.',
    proof: {
      'stories/alone.test.ts': [
        'lists what its requester may do alone, and pages the approvers when it is pressed',
      ],
    },
  },
  {
    says: 'Every refusal says why and what would be needed, and stays readable in whoami.',
    proof: {
      'stories/people.test.ts': [
        'is refused on every control, told why, and nothing happens',
        'whom the case is about neither approves nor denies it, and reads why in whoami',
      ],
    },
  },
  {
    says: 'An approval that nobody answers reminds at 2, 5 and 12 minutes, and pages.',
    proof: {
      'stories/pager.test.ts': ['that nobody answers is paged once, at half of its time'],
      'stories/alone.test.ts': [
        'is told again after 2, 5 and 12 minutes, and nobody is called a third time',
        'pages at the minutes of the configuration, where no glass can be broken',
      ],
    },
  },
];
