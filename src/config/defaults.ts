/** Every default of the configuration, once. docs/defaults.md is made from this list. */
import { defaultPlanSettings } from '../actions/action.ts';
import { defaultRoleNames } from '../actions/role-names.ts';
import { sources } from '../findings/finding.ts';

/** One default; its id is the path of the setting in `cordon.config.ts`. */
export interface Default {
  readonly value: string | number | boolean;
  /** Why this value: plain words, without a full stop at the end. */
  readonly because: string;
  /** Where it takes effect. */
  readonly where: string;
}

/** Minutes after the verification of a containment; the last one is repeated. */
export const watchMinutes: readonly number[] = [2, 10, 30, 60];

/** Minutes after an unanswered request. */
export const reminderMinutes: readonly number[] = [2, 5, 12];

export const defaults = {
  sources: {
    value: sources.join(', '),
    because:
      'each service sees what the others do not, and the same finding by two ways is one case; a service that is not turned on in AWS sends nothing',
    where: 'event patterns and decisions: findings of sources left out are counted as ignored',
  },
  'severity.mention': {
    value: 'HIGH',
    because: 'below HIGH nothing is worth waking a person for',
    where: 'cards: the people on call are mentioned from here on',
  },
  'severity.card': {
    value: 'MEDIUM',
    because: 'a card asks people to look, and LOW findings can wait for the daily digest',
    where: 'rules: findings become cards from here on',
  },
  'severity.digest': {
    value: 'LOW',
    because: 'nothing that a service rates may be lost silently; INFORMATIONAL reports are no risk',
    where:
      'event patterns and rules: told in the digest from here on; what is below is not delivered',
  },
  'quietHours.from': {
    value: '20:00',
    because: 'in the evening only what cannot wait until morning should ring',
    where:
      'cards, where `quietHours` names a time zone: below HIGH nobody is mentioned from here on',
  },
  'quietHours.to': {
    value: '08:00',
    because: 'then people are at work again',
    where: 'cards, where `quietHours` names a time zone: the end of the quiet hours',
  },
  'quietHours.weekends': {
    value: true,
    because: 'what is below HIGH can wait until Monday',
    where: 'cards, where `quietHours` names a time zone: all of Saturday and Sunday is quiet',
  },
  'escalation.criticalMinutes': {
    value: 5,
    because: 'what is this bad goes on while nobody looks, and five minutes are enough to look',
    where: 'cards: what is CRITICAL and not acknowledged by then escalates',
  },
  'escalation.highMinutes': {
    value: 15,
    because: 'time to finish a sentence, not a meeting',
    where: 'cards: what is HIGH and not acknowledged by then escalates',
  },
  'approval.tier2Minutes': {
    value: 15,
    because: 'an unanswered request goes stale with the situation that it was made for',
    where: 'expiry of requests that need one approver',
  },
  'approval.tier3Minutes': {
    value: 30,
    because: 'two approvers and a step-up confirmation need more time than one click',
    where: 'expiry of requests that need two approvers',
  },
  'approval.quickUndoMinutes': {
    value: 15,
    because: 'a mistake that is noticed at once should not wait for a second person',
    where: 'after verification: requester or approver may undo a drift-free containment alone',
  },
  'approval.newPasskeyHours': {
    value: 24,
    because:
      'whoever adds a passkey with a stolen Slack session is noticed before it is worth anything',
    where: 'tier 3: a passkey counts so long after it was added, and everybody is told at once',
  },
  'approval.reminderMinutes': {
    value: reminderMinutes.join(', '),
    because: 'the first message may have come while people were reading another one',
    where: 'an unanswered request: a new message at these minutes, as far as its time goes',
  },
  'approval.breakGlass': {
    value: false,
    because: 'the second person is the point; whoever installs Cordon decides who may go on alone',
    where: 'tier 2: whoever is on call may go on without an approver, and everybody is told',
  },
  'resolve.writeBack': {
    value: false,
    because:
      'it needs the findings role in the administrator account, and tools that read GuardDuty or Security Hub may count on open findings',
    where:
      'resolving a case: its findings are archived in GuardDuty and their workflow is set in Security Hub',
  },
  'containment.watchMinutes': {
    value: watchMinutes.join(', '),
    because:
      'whoever takes a containment back does it soon or much later; hourly looks cost next to nothing',
    where:
      'containments in force: read from AWS at these minutes, then each time the last one has passed',
  },
  'suppression.defaultDays': {
    value: 30,
    because: 'long enough for the cause to be mended, short enough to be looked at again',
    where: 'the end that a new suppression proposes',
  },
  'suppression.maximumDays': {
    value: 90,
    because: 'a suppression without end is a blind spot that nobody remembers',
    where: 'the latest end that a suppression may have',
  },
  'suppression.maximumDaysCritical': {
    value: 7,
    because: 'a CRITICAL finding that stays quiet for longer needs a fix, not a suppression',
    where: 'the latest end of a suppression of CRITICAL findings',
  },
  'automation.vetoSeconds': {
    value: 120,
    because:
      'long enough to read a message and press a button, short enough to be ahead of most attackers',
    where: 'automation in mode veto: from the announcement to the start',
  },
  'automation.runsPerHour': {
    value: 3,
    because:
      'a fourth containment within an hour is a wide incident or a wrong rule, and both need people',
    where: 'automation: runs that start in one account within an hour; one more opens the breaker',
  },
  'digest.at': {
    value: '09:00',
    because: 'people read it when their day begins',
    where: 'the digest: posted at this local time, on Mondays about the week',
  },
  'digest.timeZone': {
    value: 'UTC',
    because: 'where people work cannot be guessed',
    where: 'the digest: whose wall clock `digest.at` is read from',
  },
  'digest.containMinutes': {
    value: 60,
    because: 'an attacker who is inside goes on every minute, and approvals take some',
    where: 'the digest: containments later than that after the opening of their case are counted',
  },
  'digest.resolveHours': {
    value: 72,
    because: 'what is open for longer is not worked on',
    where: 'the digest: cases resolved later than that after their opening are counted',
  },
  'review.from': {
    value: 'HIGH',
    because:
      'an attack that called people is worth an hour of learning; what is below is read in the monthly figures',
    where: 'a true positive that is resolved: its review is drafted from the record from here on',
  },
  'drills.minutes': {
    value: 60,
    because: 'long enough for a response with its approvals, short enough for a working day',
    where: 'drills: whatever is not resolved by then is over, and the score is told',
  },
  'drills.decideMinutes': {
    value: 10,
    because: 'after that the plan is known and only the decision is missing',
    where: 'drills: the goal from the opening of the case to the first request',
  },
  'drills.approveMinutes': {
    value: 5,
    because: 'a plan is read in a minute, and its approver has to be found',
    where: 'drills: the goal from a request to its last approval',
  },
  actOnSamples: {
    value: false,
    because: 'the sample findings of AWS are about resources that do not exist',
    where: 'planning: actions on sample findings are refused',
  },
  exemptTag: {
    value: defaultPlanSettings.exemptTag,
    because: 'some resources must keep running whatever happens, and their owners mark them',
    where: 'planning: a resource with this tag key is refused',
  },
  ownerTag: {
    value: 'owner',
    because: 'most organisations tag their accounts with whom to ask, and most call that tag so',
    where:
      'the directory of accounts: whom a card, Details and the digest name as the owner of an account',
  },
  'isolation.disassociateAddress': {
    value: false,
    because:
      'the swap cuts it off already, and what is on an address is often known to others by it',
    where: 'isolating an instance: its Elastic IP addresses are taken off, and put back by undo',
  },
  'isolation.transitionGroup': {
    value: false,
    because:
      'it ends tracked connections that carry traffic, but for five seconds the instance is open to everybody',
    where: 'isolating an instance: its interfaces pass a group that lets everything through',
  },
  'roleNames.path': {
    value: defaultRoleNames.path,
    because: 'most organisations have no rule for paths; where one has, it is one line',
    where: 'the roles of the functions and the member roles, with the parameter RolePath',
  },
  'roleNames.prefix': {
    value: defaultRoleNames.prefix,
    because: 'whoever reads CloudTrail sees whose sessions these are',
    where: 'the same, with the parameter RolePrefix; what begins so is never contained',
  },
  'evidence.from': {
    value: 'HIGH',
    because: 'whoever is woken should find who it was and what they did, not look for it',
    where: 'new cases: evidence is gathered by itself from here on; reading changes nothing in AWS',
  },
  'evidence.casesPerHour': {
    value: 20,
    because: 'a storm may not use up the two look-ups a second that CloudTrail allows an account',
    where: 'evidence that is gathered by itself: cases of one account within an hour',
  },
  'deployment.baseline': {
    value: false,
    because: 'most organisations have switched the services on in their own way',
    where: 'posture and the digest: what of the stack cordon-baseline is off',
  },
  'deployment.frontDoor': {
    value: 'http-api',
    because:
      'it throttles before a function runs, and many organisations forbid function addresses',
    where: 'infra/: what Slack calls',
  },
  'deployment.customerKey': {
    value: false,
    because: 'the keys of AWS encrypt as well; one of your own costs money and can be deleted',
    where: 'infra/: encryption of tables, queues, topic, secret and evidence bucket',
  },
  'deployment.reserveConcurrency': {
    value: true,
    because: 'a storm may not take the place that a click needs, and the other way round',
    where: 'infra/: reserved concurrency of each function; a new account has too little for it',
  },
  'deployment.logDays': {
    value: 90,
    because: 'as long as GuardDuty keeps a finding; what must stay is in the audit record',
    where: 'infra/: retention of every log group',
  },
  'deployment.archiveDays': {
    value: 30,
    because: 'an outage that is noticed late can still be replayed',
    where: 'infra/: the archive of the security bus',
  },
  'deployment.evidenceDays': {
    value: 365,
    because: 'an investigation or an audit asks for the last year',
    where: 'infra/: object lock of the evidence bucket',
  },
  'deployment.evidenceLock': {
    value: 'COMPLIANCE',
    because: 'a record that an administrator can delete does not prove what the administrator did',
    where: 'infra/: mode of the object lock of the evidence bucket',
  },
} as const satisfies { readonly [id: string]: Default };
