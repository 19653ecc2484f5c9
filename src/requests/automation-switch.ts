/**
 * The kill switch and the breakers of automation: one item, read strongly right before a start and
 * between steps. Pure: what pressing it makes of it, with the audit entry.
 */
import { type AuditDraft, draftIdOf } from '../audit/entry.ts';
import { actorOf, type Person } from './person.ts';

/** Somebody switched everything off. */
interface Off {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly by: Person;
  /** As people know them; drawn literally. */
  readonly name: string;
  /** In their own words; drawn literally. */
  readonly because: string;
}

/** A breaker that opened, and stays open until somebody closes it. */
interface OpenBreaker {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly because: string;
  /** People were paged. */
  readonly paged?: true;
}

export interface AutomationSwitch {
  readonly id: 'AUTOMATION';
  readonly version: number;
  readonly off?: Off;
  /** Open breakers by account. */
  readonly open: { readonly [account: string]: OpenBreaker };
  readonly outbox: readonly AuditDraft[];
}

export type SwitchEvent =
  | {
      readonly kind: 'off';
      readonly by: Person;
      readonly because: string;
      readonly authority: string;
    }
  /** Closes the breakers too: all of them, or only that of one account, which leaves the switch as it is. */
  | {
      readonly kind: 'on';
      readonly by: Person;
      readonly account?: string;
      readonly authority: string;
    }
  | {
      readonly kind: 'break';
      readonly account: string;
      readonly because: string;
      readonly request: string;
    }
  | { readonly kind: 'paged'; readonly account: string };

/** What it is before anybody ever pressed it. */
const fresh: AutomationSwitch = { id: 'AUTOMATION', version: 0, open: {}, outbox: [] };

/** The next state, or undefined where nothing changes. */
export const switched = (
  state: AutomationSwitch | undefined,
  event: SwitchEvent,
  at: string,
): AutomationSwitch | undefined => {
  const before = state ?? fresh;
  const version = before.version + 1;
  const entry = (draft: Pick<AuditDraft, 'kind' | 'actor' | 'because' | 'detail'>): AuditDraft => ({
    id: draftIdOf(before.id, version),
    at,
    ...draft,
  });
  const next = (change: Partial<AutomationSwitch>, draft: AuditDraft): AutomationSwitch => ({
    ...before,
    ...change,
    version,
    outbox: [...before.outbox, draft],
  });
  switch (event.kind) {
    case 'off':
      return before.off
        ? undefined
        : next(
            {
              off: {
                at,
                by: event.by,
                name: event.by.name ?? event.by.user,
                because: event.because,
              },
            },
            entry({
              kind: 'automation.off',
              actor: actorOf(event.by),
              because: event.because,
              detail: { authority: event.authority },
            }),
          );
    case 'on':
      return switchedOn(before, event, { next, entry });
    case 'break':
      return before.open[event.account]
        ? undefined
        : next(
            { open: { ...before.open, [event.account]: { at, because: event.because } } },
            entry({
              kind: 'automation.breaker-opened',
              actor: 'cordon:worker',
              because: event.because,
              detail: { account: event.account, request: event.request },
            }),
          );
    case 'paged': {
      const open = before.open[event.account];
      return !open || open.paged
        ? undefined
        : next(
            { open: { ...before.open, [event.account]: { ...open, paged: true } } },
            entry({
              kind: 'automation.breaker-paged',
              actor: 'cordon:tick',
              because: open.because,
              detail: { account: event.account },
            }),
          );
    }
    default:
      return event satisfies never;
  }
};

const switchedOn = (
  before: AutomationSwitch,
  event: Extract<SwitchEvent, { kind: 'on' }>,
  make: {
    readonly next: (change: Partial<AutomationSwitch>, draft: AuditDraft) => AutomationSwitch;
    readonly entry: (
      draft: Pick<AuditDraft, 'kind' | 'actor' | 'because' | 'detail'>,
    ) => AuditDraft;
  },
): AutomationSwitch | undefined => {
  const { account } = event;
  const closed = Object.keys(before.open).filter((one) => !account || one === account);
  if (closed.length === 0 && (account || !before.off)) return undefined;
  const open = Object.fromEntries(
    Object.entries(before.open).filter(([one]) => !closed.includes(one)),
  );
  const { off: _, ...on } = make.next(
    { open },
    make.entry({
      kind: 'automation.on',
      actor: actorOf(event.by),
      because: account ? `the breaker of ${account} is closed` : 'automation is switched on',
      detail: { authority: event.authority, closed },
    }),
  );
  return account && before.off ? { ...on, off: before.off } : on;
};
