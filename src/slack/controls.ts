/**
 * Every control that Cordon draws: its stable action id, what its value carries, and whether web
 * opens a loading modal for it. Ids are routing, never authority: a value is an opaque reference
 * with a token that has to match the stored one.
 */

/** Action ids of buttons and menus; `plan:` is followed by the action's id. */
export const controls = {
  plan: 'plan:',
  more: 'more',
  acknowledge: 'acknowledge',
  approve: 'approve',
  deny: 'deny',
  withdraw: 'withdraw',
  pageApprovers: 'page-approvers',
  breakGlass: 'break-glass',
  viewPlan: 'view-plan',
  /** Of what a rule announced: it does not start. */
  veto: 'veto',
  runNow: 'run-now',
  /** A person has looked at what ran by itself. */
  reviewed: 'reviewed',
  stop: 'stop',
  finish: 'finish',
  undo: 'undo',
  /** A person says that the manual step of a playbook is done. */
  stepDone: 'step-done',
  /** Opens the form that asks why a step is left out. */
  stepSkip: 'step-skip',
  showCase: 'show-case',
  next: 'next',
  /** Opens the step-up page in a browser; the press itself does nothing. */
  stepUp: 'step-up',
  resolve: 'resolve',
  reopen: 'reopen',
  snooze: 'snooze',
  wake: 'wake',
  assign: 'assign',
  unacknowledge: 'unacknowledge',
  timeline: 'timeline',
  older: 'timeline-older',
  newer: 'timeline-newer',
  options: 'options',
  merge: 'merge',
  split: 'split',
  askOwner: 'ask-owner',
  /** Gathers evidence about the case. */
  evidence: 'evidence',
  wasMe: 'was-me',
  wasNotMe: 'was-not-me',
  /** Opens the form for something that a case leaves to be done. */
  followUp: 'follow-up',
  followUpDone: 'follow-up-done',
  followUpReopen: 'follow-up-reopen',
} as const;

/** What people do with a case; in a menu the option's value names it where an offer would be. */
const caseVerbs = [
  controls.acknowledge,
  controls.resolve,
  controls.reopen,
  controls.snooze,
  controls.wake,
  controls.assign,
  controls.unacknowledge,
  controls.timeline,
  controls.older,
  controls.newer,
  controls.options,
  controls.merge,
  controls.split,
  controls.askOwner,
  controls.evidence,
  controls.wasMe,
  controls.wasNotMe,
  controls.followUp,
] as const;
export type CaseVerb = (typeof caseVerbs)[number];

export const asCaseVerb = (name: string | undefined): CaseVerb | undefined =>
  caseVerbs.find((verb) => verb === name);

/** The callback id of the plan modal. */
export const planCallback = 'plan';

/** The form that puts a message into the record of a case. */
export const addMessageCallback = 'add-message';

/** The callback ids of the forms about a case. */
export const caseForms = ['resolve', 'snooze', 'assign', 'merge', 'split', 'follow-up'] as const;
export type CaseForm = (typeof caseForms)[number];

/** The callback ids of the forms about a request. */
export const requestForms = ['deny', 'break-glass', 'step-skip'] as const;
export type RequestForm = (typeof requestForms)[number];

/** Web opens a modal at once for these, because a trigger lives three seconds. */
export const opensModal = (actionId: string): boolean =>
  actionId.startsWith(controls.plan) ||
  actionId === controls.more ||
  actionId === controls.resolve ||
  actionId === controls.followUp ||
  actionId === controls.followUpDone ||
  actionId === controls.followUpReopen ||
  actionId === controls.undo ||
  actionId === controls.veto ||
  actionId === controls.runNow ||
  actionId === controls.reviewed ||
  actionId === controls.deny ||
  actionId === controls.breakGlass ||
  actionId === controls.stepSkip ||
  actionId === controls.showCase ||
  actionId === controls.viewPlan;

/** So does this command: its answer is a plan, which is shown in a window. */
export const commandOpensModal = (text: string): boolean => /^\s*request\b/i.test(text);

/** Anything else is not ours: web leaves it unacknowledged and answers 404. */
export const controlPattern = new RegExp(
  `^(?:${controls.plan}[a-z0-9:-]+|${Object.values(controls)
    .filter((id) => id !== controls.plan)
    .join('|')})$`,
);

/** `id.token`, `id.token.offer` or `id.token.verb`: at most 75 characters, the limit of a menu option's value. */
export const reference = (id: string, token: string, offer?: string): string =>
  offer ? `${id}.${token}.${offer}` : `${id}.${token}`;

export interface Reference {
  readonly id: string;
  readonly token: string;
  readonly offer?: string;
}

/** Undefined for anything that Cordon cannot have drawn. */
export const parseReference = (value: string | undefined): Reference | undefined => {
  const match = /^([A-Z0-9]{6,40})\.([A-Za-z0-9]{16,40})(?:\.([0-9a-f]{8}|[a-z-]{3,16}))?$/.exec(
    value ?? '',
  );
  if (!match?.[1] || !match[2]) return undefined;
  return { id: match[1], token: match[2], ...(match[3] ? { offer: match[3] } : {}) };
};

/** Block and action ids of the plan modal's inputs. */
export const planInputs = {
  reason: { block: 'reason', action: 'reason-code' },
  text: { block: 'reason-text', action: 'reason-text' },
  days: { block: 'days', action: 'days' },
  scope: { block: 'scope', action: 'scope' },
  archive: { block: 'archive', action: 'archive' },
  /** More than ten are in blocks of their own: `choices-1`, `choices-2` … */
  choices: { block: 'choices', action: 'choices' },
} as const;

/** Block and action ids of the inputs of the forms about a request. */
export const requestInputs = { why: { block: 'why', action: 'why' } } as const;

/** Block and action ids of the inputs of the forms about a case. */
export const caseInputs = {
  classification: { block: 'classification', action: 'classification' },
  note: { block: 'note', action: 'note' },
  hours: { block: 'hours', action: 'hours' },
  reason: { block: 'snooze-reason', action: 'snooze-reason' },
  assignee: { block: 'assignee', action: 'assignee' },
  other: { block: 'other', action: 'other' },
  finding: { block: 'finding', action: 'finding' },
  task: { block: 'task', action: 'task' },
  owner: { block: 'owner', action: 'owner' },
  due: { block: 'due', action: 'due' },
} as const;
