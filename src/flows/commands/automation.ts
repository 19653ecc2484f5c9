/**
 * `/cordon automation`: what runs by itself, and the kill switch. Switching off asks for as little as it
 * can: one write of one item, and the word of the signed request where Slack cannot say more.
 */
import { errorInWords } from '../../execution/error-in-words.ts';
import { placesUsed } from '../../requests/automation-budget.ts';
import type { AutomationSwitch } from '../../requests/automation-switch.ts';
import { needsReview, type Request } from '../../requests/request.ts';
import { requesterActor } from '../../requests/requester.ts';
import { utc } from '../../slack/duration.ts';
import { NewerSchema } from '../../store/item.ts';
import { announce } from '../automation/announce.ts';
import { automationLines } from '../automation/in-words.ts';
import { tellSwitch } from '../automation/tell-switch.ts';
import { allowed, answer, authorityOf, type Click, refuseClick } from '../click.ts';
import { requestEntry } from '../looking/entries.ts';
import { openRequests } from '../looking/work-at-hand.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { type Command, pageOf } from './command.ts';

const dayMs = 86_400_000;

const stateLines = (
  { accounts }: WorkerPorts['config'],
  state: AutomationSwitch | undefined | { readonly unreadable: string },
): readonly string[] => {
  if (state && 'unreadable' in state)
    return [`The switch cannot be read (${state.unreadable}), so nothing runs by itself.`];
  return [
    ...(state?.off
      ? [`OFF since ${utc(state.off.at)}, by ${state.off.name}: ${state.off.because}`]
      : []),
    ...Object.entries(state?.open ?? {}).map(
      ([id, { at, because }]) =>
        `Breaker open in ${accounts[id]?.name ?? id} (${id}) since ${utc(at)}: ${because}`,
    ),
  ];
};

const budgetLines = (ports: WorkerPorts): Promise<readonly string[]> =>
  Promise.all(
    ports.config.automation.accounts.map(async (account) => {
      const { places } = await ports.automation.budget(account);
      const used = placesUsed(places, ports.chance.now());
      return `${ports.config.accounts[account]?.name ?? account}: ${used} of ${ports.config.automation.runsPerHour} runs within the hour`;
    }),
  );

/** Of the last day, and whatever of it still runs, is in force or waits for review; the newest first. */
const recent = async (ports: WorkerPorts): Promise<readonly Request[]> => {
  const open = (await openRequests(ports)).filter(({ automation }) => automation);
  const entries = await ports.auditIndex.between(isoIn(ports.chance, -dayMs), isoNow(ports.chance));
  const named = entries.flatMap(({ kind, request }) =>
    request && kind.startsWith('automation.') ? [request] : [],
  );
  const known = new Set(open.map(({ id }) => id));
  const others = await Promise.all(
    [...new Set(named)].filter((id) => !known.has(id)).map((id) => ports.requests.get(id)),
  );
  return [...open, ...others.flatMap((one) => (one?.automation ? [one] : []))].toSorted((a, b) =>
    b.requestedAt.localeCompare(a.requestedAt),
  );
};

const show = async (ports: WorkerPorts, page: number) => {
  const state = await ports.automation
    .read()
    .catch((error: unknown) => ({ unreadable: errorInWords(error) }));
  const stopped = stateLines(ports.config, state);
  const runs = await recent(ports);
  const { shown, hasNext } = pageOf(runs, page);
  const at = { config: ports.config, now: ports.chance.now() };
  const rules = automationLines(ports.config);
  return {
    title: `Automation is ${state && ('unreadable' in state || state.off) ? 'OFF' : 'on'}`,
    lines: [
      ...stopped,
      ...(rules.length > 0 ? rules : ['No rule of the configuration lets anything run by itself.']),
      ...(await budgetLines(ports)),
      `Runs of the last 24 hours: ${runs.length}, not reviewed yet: ${runs.filter(needsReview).length}.`,
    ],
    entries: shown.map((request) => {
      const entry = requestEntry(request, at);
      return { ...entry, lines: [...entry.lines, `By ${requesterActor(request.requestedBy)}`] };
    }),
    hasNext,
  };
};

/** To stop is the safe direction: whoever Slack cannot look up may do it, a stranger may not. */
const mayStop = async (ports: WorkerPorts, click: Click): Promise<string | undefined> => {
  const authority = await authorityOf(ports, click.person, 'respond');
  if (
    authority.kind === 'refused' &&
    authority.code === 'lookup-failed' &&
    click.person.team === ports.config.workspace
  )
    return 'a member of the workspace whom Slack could not look up; stopping needs no more';
  return allowed(ports, click, 'respond');
};

/** What everybody is told. The switch is pressed already: nothing that fails here takes that back. */
const tellAll = async (
  ports: WorkerPorts,
  click: Click,
  said: Pick<Parameters<typeof announce>[1], 'icon' | 'title' | 'lines'>,
): Promise<void> => {
  await announce(ports, { ...said, name: click.digest, call: false }).catch(() => undefined);
};

const who = ({ person }: Click): string => person.name ?? person.user;

/** An item that Cordon did not write stops everything as well, so there is nothing to press. */
const pressOff = async (
  ports: WorkerPorts,
  click: Click,
  said: { readonly because: string; readonly authority: string },
): Promise<boolean | 'unreadable'> => {
  try {
    return await tellSwitch(ports, { kind: 'off', by: click.person, ...said });
  } catch (error) {
    if (!(error instanceof NewerSchema)) throw error;
    await answer(ports, click, {
      title: 'Nothing runs by itself',
      lines: [`The switch cannot be read (${errorInWords(error)}), and then nothing runs.`],
    });
    return 'unreadable';
  }
};

const off = async (ports: WorkerPorts, click: Click, why: string): Promise<void> => {
  const authority = await mayStop(ports, click);
  if (!authority) return;
  const because = why.slice(0, 500) || 'no reason given';
  const changed = await pressOff(ports, click, { because, authority });
  if (changed === 'unreadable') return;
  await tellAll(ports, click, {
    icon: ':no_entry:',
    title: 'Automation is off',
    lines: [
      `By ${who(click)}: ${because}`,
      'Nothing starts by itself any more, and what runs stops before its next step.',
    ],
  });
  await answer(ports, click, {
    title: changed ? 'Automation is off' : 'Automation was off already',
    lines: [
      'Nothing starts by itself any more, and what runs stops before its next step. What is in force stays in force.',
      'An approver or an administrator switches it on: /cordon automation on',
    ],
  });
};

/** An approver, or an administrator who need not be one. */
const mayStart = async (ports: WorkerPorts, click: Click): Promise<string | undefined> => {
  const admin = await authorityOf(ports, click.person, 'administer');
  return admin.kind === 'allowed' ? admin.because : allowed(ports, click, 'approve');
};

const on = async (ports: WorkerPorts, click: Click, account: string | undefined): Promise<void> => {
  const authority = await mayStart(ports, click);
  if (!authority) return;
  try {
    const changed = await tellSwitch(ports, {
      kind: 'on',
      by: click.person,
      authority,
      ...(account ? { account } : {}),
    });
    const title = account ? `The breaker of ${account} is closed` : 'Automation is on';
    if (changed)
      await tellAll(ports, click, {
        icon: ':white_check_mark:',
        title,
        lines: [`By ${who(click)}. What was called off meanwhile does not run any more.`],
      });
    await answer(ports, click, {
      title: changed ? title : 'Nothing was switched off there',
      lines: ['/cordon automation shows how it stands.'],
    });
  } catch (error) {
    await refuseClick(ports, click, {
      code: 'switch-unreadable',
      because: `The switch cannot be read or written: ${errorInWords(error)}.`,
      needed:
        'the item AUTOMATION / SWITCH of the requests table to be one that Cordon wrote; docs/automation.md says how',
    });
  }
};

export const automation: Command = {
  name: 'automation',
  uses: ['automation', 'automation off WHY', 'automation on', 'automation on ACCOUNT'],
  summary: 'what runs by itself, the budget and the last runs; switches all of it off or on',
  needs: 'nothing',
  who: 'responders and approvers; off: any responder; on: an approver or an administrator',
  async answer(ports, { click, words, page }) {
    const [verb, ...rest] = words;
    switch (verb?.toLowerCase()) {
      case undefined:
        return (await allowed(ports, click, 'look')) ? show(ports, page) : 'told';
      case 'off':
        await off(ports, click, rest.join(' '));
        return 'told';
      case 'on':
        if (rest.length > 1 || (rest[0] && !/^\d{12}$/.test(rest[0]))) return 'usage';
        await on(ports, click, rest[0]);
        return 'told';
      default:
        return 'usage';
    }
  },
};
