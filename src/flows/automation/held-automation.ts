/**
 * Why something that nobody pressed must not start or go on: asked of the configuration, and of the
 * kill switch, which is read strongly each time. What cannot be read runs nothing.
 */
import { type Held, held, heldByConfig, heldBySwitch } from '../../requests/automation.ts';
import { hasBegun, isAutomatic, type Request } from '../../requests/request.ts';
import type { Ports } from '../ports.ts';

type HeldPorts = Pick<Ports, 'config' | 'automation'>;

/** The kill switch and the account's breaker, as they are now. */
export const switchHolds = async (
  { automation }: Pick<Ports, 'automation'>,
  account: string,
): Promise<Held | undefined> => {
  try {
    return heldBySwitch(await automation.read(), account);
  } catch {
    return held(
      'switch-unreadable',
      'The kill switch of automation could not be read, so nothing runs by itself.',
    );
  }
};

/** What has begun within its budget goes on when a breaker opens; the kill switch ends it. */
export const heldAutomation = async (
  ports: HeldPorts,
  request: Request,
): Promise<Held | undefined> => {
  const off = await switchHolds(ports, request.plan.target.account);
  if (off && !(off.code === 'breaker-open' && request.approvedAt)) return off;
  return heldByConfig(ports.config.automation, request);
};

/** A run without a place in the budget was not started by worker. */
const outsideBudget = async (
  { automation }: HeldPorts,
  { id, plan }: Request,
): Promise<string | undefined> => {
  const { places } = await automation.budget(plan.target.account);
  return places[id] ? undefined : 'It has no place in the budget of its account.';
};

/** For the executor: undefined for whatever people agreed to. */
export const heldRun = async (ports: HeldPorts, request: Request): Promise<string | undefined> => {
  if (!isAutomatic(request)) return undefined;
  const why = await heldAutomation(ports, request);
  if (why) return why.because;
  return hasBegun(request) ? undefined : outsideBudget(ports, request);
};
