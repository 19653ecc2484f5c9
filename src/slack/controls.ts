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
  viewPlan: 'view-plan',
  stop: 'stop',
  finish: 'finish',
  undo: 'undo',
  showCase: 'show-case',
  next: 'next',
  /** Opens the step-up page in a browser; the press itself does nothing. */
  stepUp: 'step-up',
} as const;

/** The callback id of the plan modal. */
export const planCallback = 'plan';

/** Web opens a modal at once for these, because a trigger lives three seconds. */
export const opensModal = (actionId: string): boolean =>
  actionId.startsWith(controls.plan) ||
  actionId === controls.more ||
  actionId === controls.undo ||
  actionId === controls.showCase ||
  actionId === controls.viewPlan;

/** Anything else is not ours: web leaves it unacknowledged and answers 404. */
export const controlPattern = new RegExp(
  `^(?:${controls.plan}[a-z0-9:-]+|${Object.values(controls)
    .filter((id) => id !== controls.plan)
    .join('|')})$`,
);

/** `id.token` or `id.token.offer`: at most 75 characters, the limit of a menu option's value. */
export const reference = (id: string, token: string, offer?: string): string =>
  offer ? `${id}.${token}.${offer}` : `${id}.${token}`;

export interface Reference {
  readonly id: string;
  readonly token: string;
  readonly offer?: string;
}

/** Undefined for anything that Cordon cannot have drawn. */
export const parseReference = (value: string | undefined): Reference | undefined => {
  const match = /^([A-Z0-9]{6,40})\.([A-Za-z0-9]{16,40})(?:\.([0-9a-f]{8}))?$/.exec(value ?? '');
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
} as const;
