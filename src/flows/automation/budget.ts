/** Takes a place in the hour of an account; when it is full, the breaker opens and everybody is told. */
import { type Held, held } from '../../requests/automation.ts';
import { takePlace } from '../../requests/automation-budget.ts';
import type { Request } from '../../requests/request.ts';
import { isoNow } from '../ports.ts';
import { type AnnouncePorts, announce } from './announce.ts';
import { type SwitchPorts, tellSwitch } from './tell-switch.ts';

/** More writers than this at once mean that something is broken. */
const attempts = 50;

const openBreaker = async (ports: AnnouncePorts & SwitchPorts, request: Request): Promise<Held> => {
  const { account } = request.plan.target;
  const { runsPerHour } = ports.config.automation;
  const because = `${runsPerHour} runs by themselves started there within an hour, and ${request.id} would have been one more`;
  await tellSwitch(ports, { kind: 'break', account, because, request: request.id });
  await announce(ports, {
    name: `breaker-${account}-${request.id}`,
    icon: ':rotating_light:',
    title: `The breaker of automation is open in ${ports.config.accounts[account]?.name ?? account}`,
    lines: [
      `${because}.`,
      'Nothing runs by itself there until somebody closes it: /cordon automation on',
    ],
    call: true,
  });
  return held('budget-spent', `The budget is spent: ${because}. The breaker is open now.`);
};

/** The same run takes the same place, however often it asks. */
export const takeBudget = async (
  ports: AnnouncePorts & SwitchPorts,
  request: Request,
): Promise<Held | undefined> => {
  const { account } = request.plan.target;
  const most = ports.config.automation.runsPerHour;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { version, places } = await ports.automation.budget(account);
    const next = takePlace(places, { request: request.id, now: ports.chance.now(), most });
    if (!next) return openBreaker(ports, request);
    if (next === places) return undefined;
    const budget = { version: version + 1, places: next };
    if (await ports.automation.saveBudget(account, budget, isoNow(ports.chance))) return undefined;
  }
  throw new Error(`the budget of account ${account} could not be written: ${attempts} races lost`);
};
