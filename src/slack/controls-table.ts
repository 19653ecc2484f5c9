/** docs/controls.md: every control that Cordon draws, for whoever drives it from outside. */
import { actions } from '../actions/index.ts';
import {
  addMessageCallback,
  caseInputs,
  controls,
  opensModal,
  planCallback,
  planInputs,
  requestForms,
  requestInputs,
} from './controls.ts';

type Control = Exclude<keyof typeof controls, 'plan'>;

interface About {
  readonly label: string;
  readonly where: string;
  readonly value:
    | 'case'
    | 'case and verb'
    | 'case and page'
    | 'case and offer'
    | 'request'
    | 'question'
    | 'follow-up'
    | 'page'
    | 'nothing';
  /** Whose role is asked for when it is pressed. */
  readonly who:
    | 'responder'
    | 'approver'
    | 'requester'
    | 'responder on call'
    | 'responder or approver'
    | 'the person asked'
    | 'who asked'
    | 'its owner, or a responder';
}

const everything = 'everything else';

const ofCase = (label: string, where: string): About => ({
  label,
  where,
  value: 'case',
  who: 'responder',
});

const about: { readonly [C in Control]: About } = {
  more: {
    label: '(menu)',
    where: 'case card; its entries are `resolve`, `snooze`, `assign`, `timeline` and `options`',
    value: 'case and verb',
    who: 'responder',
  },
  acknowledge: {
    label: 'Acknowledge',
    where: 'case card, until somebody has it',
    value: 'case',
    who: 'responder',
  },
  approve: {
    label: 'Approve',
    where: 'pending request: card and View plan',
    value: 'request',
    who: 'approver',
  },
  deny: {
    label: 'Deny',
    where: 'pending request: card and View plan',
    value: 'request',
    who: 'approver',
  },
  withdraw: { label: 'Withdraw', where: 'pending request', value: 'request', who: 'requester' },
  pageApprovers: {
    label: 'Page approvers',
    where: 'pending request, once',
    value: 'request',
    who: 'responder',
  },
  breakGlass: {
    label: 'Break glass…',
    where: 'pending request of tier 2, where `approval.breakGlass` is on',
    value: 'request',
    who: 'responder on call',
  },
  viewPlan: {
    label: 'View plan',
    where: 'pending request, and a playbook at any time: there each step can be undone by itself',
    value: 'request',
    who: 'responder or approver',
  },
  veto: {
    label: 'Stop it',
    where: 'announced automatic request: it does not start',
    value: 'request',
    who: 'responder',
  },
  runNow: {
    label: 'Run now',
    where: 'announced automatic request: it starts at once',
    value: 'request',
    who: 'approver',
  },
  reviewed: {
    label: 'Reviewed',
    where: 'what ran by itself, until somebody has looked at it; home tab',
    value: 'request',
    who: 'responder',
  },
  stop: {
    label: 'Stop after this step',
    where: 'executing request',
    value: 'request',
    who: 'responder',
  },
  finish: {
    label: 'Finish the rest, or Try again',
    where: 'stopped request, or a playbook at a step that failed',
    value: 'request',
    who: 'responder',
  },
  undo: {
    label: 'Undo, or Undo what was done',
    where: 'request with changes in force',
    value: 'request',
    who: 'responder',
  },
  stepDone: {
    label: 'Done',
    where: 'playbook that waits for a person',
    value: 'request',
    who: 'responder',
  },
  stepSkip: {
    label: 'Skip…',
    where: 'playbook that stands still; asks for the reason',
    value: 'request',
    who: 'responder',
  },
  showCase: {
    label: 'Show',
    where: 'lists of cases: answers to commands, home tab',
    value: 'case',
    who: 'responder or approver',
  },
  next: {
    label: 'Next',
    where: 'answer to a command, when there is more',
    value: 'page',
    who: 'who asked',
  },
  stepUp: {
    label: 'Confirm with passkey, or Add a passkey',
    where: 'answer to Approve at tier 3, or to `/cordon passkey`; opens the step-up page',
    value: 'nothing',
    who: 'approver',
  },
  resolve: ofCase('Resolve…', 'case card, once it is acknowledged; everything else'),
  reopen: ofCase('Re-open', 'card of a resolved case; everything else'),
  snooze: ofCase('Snooze…', everything),
  wake: ofCase('End snooze', everything),
  assign: ofCase('Assign…', everything),
  unacknowledge: ofCase('Un-acknowledge', everything),
  timeline: ofCase('Timeline', everything),
  older: { ...ofCase('Older', 'timeline'), value: 'case and page' },
  newer: { ...ofCase('Newer', 'timeline'), value: 'case and page' },
  options: ofCase('Everything else…', 'menu of the case card'),
  merge: ofCase('Merge into…', everything),
  split: ofCase('Split…', everything),
  askOwner: ofCase('Ask: was this you?', 'everything else, where `identities` know who is behind'),
  evidence: ofCase(
    'Gather evidence',
    'everything else; in the menu of the card once somebody has it',
  ),
  wasMe: {
    label: 'Yes, it was me',
    where: 'direct message to the person asked',
    value: 'question',
    who: 'the person asked',
  },
  wasNotMe: {
    label: 'No, it was not me',
    where: 'direct message to the person asked',
    value: 'question',
    who: 'the person asked',
  },
  followUp: ofCase('Add follow-up…', `message about a review; ${everything}`),
  followUpDone: {
    label: 'Done',
    where: 'open follow-up: `/cordon followups`, home tab of its owner',
    value: 'follow-up',
    who: 'its owner, or a responder',
  },
  followUpReopen: {
    label: 'Open again',
    where: 'follow-up that is done: `/cordon followups CASE`',
    value: 'follow-up',
    who: 'its owner, or a responder',
  },
};

const values: Readonly<Record<About['value'], string>> = {
  case: '`CASE.TOKEN`',
  'case and verb': '`CASE.TOKEN.VERB`',
  'case and page': '`CASE.TOKEN.PAGE`',
  'case and offer': '`CASE.TOKEN.OFFER`',
  question: '`CASE.TOKEN`, a token of its own',
  'follow-up': '`FOLLOW-UP.TOKEN`',
  request: '`REQUEST.TOKEN`',
  page: '`TOKEN`',
  nothing: '`open`',
};

const row = (id: string, { label, where, value, who }: About): string =>
  `| \`${id}\` | ${label} | ${where} | ${values[value]} | ${who} | ${opensModal(id) ? 'yes' : 'no'} |`;

const planRows = actions
  .filter(({ closes }) => !closes)
  .map((action) =>
    row(controls.plan + action.id, {
      label: action.label,
      where: 'case card',
      value: 'case and offer',
      who: 'responder',
    }),
  );

const controlNames = Object.keys(about) as readonly Control[];

const inputs: { readonly [I in keyof typeof planInputs]: string } = {
  reason: 'one of the listed reasons',
  text: 'anything to add, optional, at most 500 characters',
  days: 'how many days a suppression holds',
  scope:
    'what a suppression hides: `finding`, `resource`, `principal`, `account`, `tag-1` … or `everywhere`',
  archive: '`archive`: a suppression also archives the finding in AWS; optional',
  choices:
    'what is taken in, by its number in the plan, several with commas; as proposed when left out, nothing when empty. More than ten go on in `choices-1` …',
};

const caseFormInputs: { readonly [I in keyof typeof caseInputs]: string } = {
  classification: '`resolve`: `true-positive`, `benign`, `false-positive` or `test`',
  note: '`resolve`: what was found and done, 3 to 1,000 characters',
  hours: '`snooze`: whole hours',
  reason: '`snooze`: why it can wait, 3 to 1,000 characters',
  assignee: '`assign`: a Slack user id',
  other: '`merge`: the id of an open case',
  finding: '`split`: the short id of a finding',
  task: '`follow-up`: what is to be done, 3 to 1,000 characters',
  owner: '`follow-up`: a Slack user id',
  due: '`follow-up`: a day, `2026-12-01`',
};

const caseRows = Object.entries(caseInputs).map(
  ([name, { block, action }]) =>
    `| \`${block}\` | \`${action}\` | ${caseFormInputs[name as keyof typeof caseInputs]} |`,
);

const inputRows = Object.entries(planInputs).map(
  ([name, { block, action }]) =>
    `| \`${block}\` | \`${action}\` | ${inputs[name as keyof typeof planInputs]} |`,
);

export const controlsTable = (): string =>
  [
    '# Controls',
    '',
    'Generated from `src/slack/controls.ts` and the list of actions; do not edit. These ids are stable.',
    'A value is an opaque reference. It names what was pressed and proves nothing: who may do what is',
    'looked up again at each step, and an old token is refused.',
    '',
    '## Buttons and menus',
    '',
    '| `action_id` | label | where | value | needs | opens a modal |',
    '|---|---|---|---|---|---|',
    ...planRows,
    ...controlNames.map((name) => row(controls[name], about[name])),
    '',
    'A second target of the same action on one card adds its offer to the id: `plan:ACTION:OFFER`.',
    '',
    '## Modals',
    '',
    `The plan modal has the callback id \`${planCallback}\` and these inputs:`,
    '',
    '| `block_id` | `action_id` | value |',
    '|---|---|---|',
    ...inputRows,
    '',
    `The forms about a request have the callback ids ${requestForms.map((id) => `\`${id}\``).join(' and ')}, and one input:`,
    '',
    '| `block_id` | `action_id` | value |',
    '|---|---|---|',
    `| \`${requestInputs.why.block}\` | \`${requestInputs.why.action}\` | the reason, 3 to 500 characters |`,
    '',
    `The form of the shortcut "Add to a Cordon case" has the callback id \`${addMessageCallback}\`, with the input \`${caseInputs.other.action}\`.`,
    'The forms about a case have the callback ids `resolve`, `snooze`, `assign`, `merge`, `split` and `follow-up`:',
    '',
    '| `block_id` | `action_id` | value |',
    '|---|---|---|',
    ...caseRows,
    '',
    'Commands are in [commands.md](commands.md).',
    '',
  ].join('\n');
