/**
 * The pacer: one holder of the turn makes shown equal desired, the most urgent first, and asks to be
 * woken again while they differ. Writers never talk to Slack; this never waits for it, nor for a limit.
 */
import { isOpen } from '../../requests/request.ts';
import { type Priority, priorities } from '../../store/dirty.ts';
import { isoIn, isoNow, type Ports } from '../ports.ts';
import { type HoldPorts, holdTurn, skewMs } from './hold.ts';
import { requestsOf } from './show-case.ts';
import { runTurn } from './turn.ts';
import type { TurnPorts } from './work.ts';

export type ReconcilePorts = TurnPorts & Pick<Ports, 'wake'> & Pick<HoldPorts, 'later'>;

/** What came while a turn went on is shown in the same breath, so often at the most. */
const mostBreaths = 5;
/** When somebody else has the turn, look again after this. */
const busySeconds = 1;

/** Marks a case before anything is tried, so that nothing depends on this run. */
const mark = async (
  ports: ReconcilePorts,
  id: string,
): Promise<readonly { readonly id: string; readonly priority: Priority }[]> => {
  const theCase = await ports.cases.get(id);
  if (!theCase) return [];
  const requests = await requestsOf(ports, theCase.requests.slice(-3));
  const urgent = requests.some(isOpen) || theCase.acknowledged;
  const other = theCase.severity === 'CRITICAL' ? priorities.critical : priorities.first;
  const priority = urgent ? priorities.human : other;
  await ports.cases.touch(id, priority, isoNow(ports.chance));
  return [{ id, priority }];
};

/** SQS counts whole seconds. One chain of wake-ups, however many woke it. */
const wakeAgain = async (
  ports: ReconcilePorts,
  ms: number,
  armed: string | undefined,
): Promise<string> => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const at = isoIn(ports.chance, seconds * 1000);
  if (armed && armed > isoNow(ports.chance) && armed <= at) return armed;
  await ports.wake.wake(undefined, seconds);
  return at;
};

/**
 * `woken` are the cases that woke it; none when ingest or the clock did. `hurry`: something that came
 * has waited for too long.
 */
export const reconcileCards = async (
  ports: ReconcilePorts,
  woken: readonly string[],
  hurry: boolean,
): Promise<void> => {
  const hints = (await Promise.all(woken.map((id) => mark(ports, id)))).flat();
  const ahead = await ports.cases.pacer.ahead();
  // A storm's next turn is on its way, and until then only people are served.
  const isOnItsWay = ahead.storm && (ahead.wakeAt ?? '') > isoIn(ports.chance, skewMs);
  if (isOnItsWay && hints.length === 0 && !hurry) return;
  const hold = await holdTurn(ports);
  if (!hold) {
    await wakeAgain(ports, busySeconds * 1000, (await ports.cases.pacer.ahead()).wakeAt);
    return;
  }
  try {
    let { state: next, again } = await runTurn(ports, hold.state, hints, hold);
    for (let breath = 1; again === 0 && breath < mostBreaths; breath += 1) {
      if (!hold.mayBegin()) break;
      ({ state: next, again } = await runTurn(ports, next, [], hold));
    }
    const at = again === undefined ? undefined : await wakeAgain(ports, again, hold.state.wakeAt);
    const left = { ...next, ...(at ? { wakeAt: at } : {}) };
    hold.remember(() => left);
  } finally {
    await hold.letGo();
  }
};
