/**
 * What people could see, and when: computed from the states that Slack's messages went through. A
 * finding is visible as soon as it is counted in a message that was posted or edited.
 */

/** A message was posted or edited. */
export interface MessageState {
  /** Milliseconds, on the clock of the deliveries. */
  readonly at: number;
  readonly ts: string;
  readonly kind: 'card' | 'roll-up' | 'other';
  /** Of a card: whose; undefined when it is about none of the storm's groups. */
  readonly group: number | undefined;
  /** How many findings it says that it counts. */
  readonly findings: number;
}

/** One finding, however often it came. Times as in `MessageState`. */
export interface SentFinding {
  readonly id: string;
  readonly group: number;
  readonly sentAt: number;
  /** When ingest had stored that it arrived; undefined when it never did. */
  readonly acceptedAt: number | undefined;
}

interface Delay {
  readonly id: string;
  /** Milliseconds from sending to being visible. */
  readonly delay: number;
}

export interface Seen {
  /** Of those that became visible, in the order in which they were stored as arrived. */
  readonly delays: readonly Delay[];
  readonly lost: number;
  /** Groups whose cards count something else at the end. */
  readonly wrongGroups: number;
  /** States that counted more than had been sent by then, and cards about nothing that was sent. */
  readonly falseStates: number;
}

/** Counts of what is on screen: the newest state of each message. */
const totals = (states: readonly MessageState[]) => {
  const newest = new Map<string, MessageState>();
  const sum = (kind: MessageState['kind'], group?: number): number =>
    [...newest.values()]
      .filter((state) => state.kind === kind && (group === undefined || state.group === group))
      .reduce((total, { findings }) => total + findings, 0);
  return states.map((state) => {
    newest.set(state.ts, state);
    return {
      state,
      all: Math.max(sum('roll-up'), sum('card')),
      ofGroup: state.group === undefined ? 0 : sum('card', state.group),
    };
  });
};

const sentBy = (times: readonly number[], at: number): number =>
  times.filter((time) => time <= at).length;

/** Finding number k, in the order of acceptance, is visible once the messages count k. */
const delaysOf = (
  findings: readonly SentFinding[],
  counts: readonly { readonly at: number; readonly all: number }[],
): readonly Delay[] => {
  const order = findings.toSorted(
    (a, b) =>
      (a.acceptedAt ?? Number.POSITIVE_INFINITY) - (b.acceptedAt ?? Number.POSITIVE_INFINITY) ||
      a.sentAt - b.sentAt,
  );
  const delays: Delay[] = [];
  for (const { at, all } of counts)
    while (delays.length < Math.min(all, order.length)) {
      const next = order[delays.length] as SentFinding;
      delays.push({ id: next.id, delay: Math.max(0, at - next.sentAt) });
    }
  return delays;
};

export const seen = (
  findings: readonly SentFinding[],
  groups: number,
  states: readonly MessageState[],
): Seen => {
  const counted = totals(states);
  const delays = delaysOf(
    findings,
    counted.map(({ state, all }) => ({ at: state.at, all })),
  );
  const sent = findings.map(({ sentAt }) => sentAt);
  const sentOf = Array.from({ length: groups }, (_, group) =>
    findings.filter((finding) => finding.group === group).map(({ sentAt }) => sentAt),
  );
  const final = Array.from(
    { length: groups },
    (_, group) => counted.findLast(({ state }) => state.group === group)?.ofGroup ?? 0,
  );
  const isFalse = ({ state, ofGroup }: (typeof counted)[number]): boolean => {
    if (state.kind === 'roll-up') return state.findings > sentBy(sent, state.at);
    if (state.kind === 'other') return false;
    return state.group === undefined || ofGroup > sentBy(sentOf[state.group] ?? [], state.at);
  };
  return {
    delays,
    lost: findings.length - delays.length,
    wrongGroups: final.filter((count, group) => count !== sentOf[group]?.length).length,
    falseStates: counted.filter(isFalse).length,
  };
};

/**
 * When the slowest one in a hundred were sent, in milliseconds after the first of all: at the start it is
 * the cold functions, anywhere else a turn that came late.
 */
export const slowestSent = (
  findings: readonly SentFinding[],
  delays: readonly { readonly id: string; readonly delay: number }[],
): readonly number[] => {
  const first = Math.min(...findings.map(({ sentAt }) => sentAt));
  const sentAt = new Map(findings.map((one) => [one.id, one.sentAt - first]));
  return delays
    .toSorted((a, b) => b.delay - a.delay)
    .slice(0, Math.ceil(delays.length / 100))
    .map(({ id }) => sentAt.get(id) ?? 0);
};

/** Milliseconds from a group's first finding to its own card, of the groups that got one. */
export const cardDelays = (
  findings: readonly SentFinding[],
  groups: number,
  states: readonly MessageState[],
): readonly number[] =>
  Array.from({ length: groups }, (_, group) => {
    const posted = states.find((state) => state.kind === 'card' && state.group === group);
    const first = findings.filter((finding) => finding.group === group).map((one) => one.sentAt);
    return posted && first.length > 0 ? [posted.at - Math.min(...first)] : [];
  }).flat();
