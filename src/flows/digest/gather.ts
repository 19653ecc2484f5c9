/** Reads what a digest tells. By key and by day, so it costs what happened in its time and no history. */

import { isWriteBack } from '../../actions/parts.ts';
import type { AuditEntry } from '../../audit/entry.ts';
import { union } from '../../cases/arrivals.ts';
import type { Case } from '../../cases/case.ts';
import { digestFacts } from '../../cases/digest.ts';
import type { DigestSlot } from '../../cases/digest-slot.ts';
import { scopeInWords } from '../../findings/scope.ts';
import type { Request } from '../../requests/request.ts';
import type { DigestMessageFacts } from '../../slack/digest/digest-message.ts';
import { utc } from '../../slack/duration.ts';
import { postureChanges, postureLines } from '../../slack/posture-blocks.ts';
import { directoryLines } from '../looking/account-lines.ts';
import { balanceBetween, balanceInWords } from '../looking/delivery.ts';
import { byReview, isInForce } from '../looking/entries.ts';
import { followUpLine } from '../looking/follow-ups.ts';
import { targetsOf } from '../looking/targets.ts';
import { casesOf, openCaseIds, openFollowUps, openRequests } from '../looking/work-at-hand.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { posture, wholeScope } from '../posture.ts';
import { gatherAutomation } from './automation.ts';
import { coverageLines } from './coverage.ts';
import { drillLines } from './drills.ts';

type DigestPorts = Pick<
  WorkerPorts,
  | 'aws'
  | 'auditIndex'
  | 'cases'
  | 'chance'
  | 'config'
  | 'followUps'
  | 'heartbeats'
  | 'pace'
  | 'posture'
  | 'requests'
  | 'suppressions'
>;

/** A suppression that ends within so long is worth a look. */
const endingMs = 7 * 86_400_000;
/** An account that said nothing for so long may have lost its way to Cordon. */
const silentMs = 7 * 86_400_000;

/** What is rehearsed counts nowhere but in its own list. */
const isReal = (cases: ReadonlyMap<string, Case>) => (entry: { readonly case?: string }) =>
  !cases.get(entry.case ?? '')?.drill;

const isOf = (kind: string) => (entry: { readonly kind: string }) => entry.kind === kind;

const containmentLine = (ports: DigestPorts, request: Request): string => {
  const { account } = request.plan.target;
  const { name = account, owner } = ports.config.accounts[account] ?? {};
  const where = owner ? `${name}, owner ${owner}` : name;
  const review = request.reviewAt
    ? `, review ${request.reviewAt <= isoNow(ports.chance) ? 'due since' : 'due'} ${utc(request.reviewAt)}`
    : '';
  return `${request.plan.summary} · ${where}${review}`;
};

const heartbeatLine = async (ports: DigestPorts): Promise<readonly string[]> => {
  const last = await ports.heartbeats.last();
  const silent = Object.entries(ports.config.accounts).filter(([account]) => {
    const at = last.get(account);
    return !at || ports.chance.now() - Date.parse(at) > silentMs;
  });
  if (silent.length === 0) return ['Every account has sent findings within 7 days.'];
  const named = silent.slice(0, 8).map(([, { name }]) => name);
  const more = silent.length > named.length ? ` and ${silent.length - named.length} more` : '';
  return [
    `No finding within 7 days from ${named.join(', ')}${more}: quiet, or cut off. Check that their events reach Cordon.`,
  ];
};

/** Requests that ended contained in that time and contain something of a case. */
const containedIn = async (
  ports: Pick<DigestPorts, 'requests'>,
  entries: readonly AuditEntry[],
): Promise<ReadonlySet<string>> => {
  const ended = await Promise.all(
    entries
      .filter(isOf('request.contained'))
      .map((entry) => ports.requests.get(entry.request ?? '')),
  );
  return new Set(
    ended.flatMap((request) =>
      request &&
      request.kind === 'contain' &&
      !request.plan.suppresses &&
      !isWriteBack(request.plan)
        ? [request.id]
        : [],
    ),
  );
};

export const gatherDigest = async (
  ports: DigestPorts,
  slot: DigestSlot,
): Promise<DigestMessageFacts> => {
  const [recorded, outcomes, ids, openOnes, suppressions, balance, dirty, heartbeats, followUps] =
    await Promise.all([
      ports.auditIndex.between(slot.from, slot.to),
      ports.cases.arrivals.outcomes(slot.from, slot.to),
      openCaseIds(ports),
      openRequests(ports),
      ports.suppressions.active(isoNow(ports.chance)),
      balanceBetween(ports, slot.from, slot.to),
      ports.cases.dirty(25),
      heartbeatLine(ports),
      openFollowUps(ports),
    ]);
  const open = (await casesOf(ports, ids)).filter(({ drill }) => !drill);
  const concerned = [...new Set(recorded.flatMap((entry) => entry.case ?? []))];
  const cases = new Map<string, Case>(
    (await casesOf(ports, concerned)).map((theCase) => [theCase.id, theCase]),
  );
  const entries = recorded.filter(isReal(cases));
  const requests = openOnes.filter(({ plan }) => !plan.drill);
  const contained = await containedIn(ports, entries);
  const hidden = (id: string): number =>
    union(outcomes.map(({ suppressed }) => suppressed[id] ?? [])).size;
  const within = targetsOf(ports.config);
  const report = await posture(ports, wholeScope(ports));
  return {
    slot,
    within,
    digest: digestFacts({
      from: slot.from,
      to: slot.to,
      entries,
      cases,
      open,
      outcomes,
      isContainment: (id) => contained.has(id),
      within,
    }),
    contained: requests
      .filter(isInForce)
      .toSorted(byReview)
      .map((request) => containmentLine(ports, request)),
    drills: drillLines(recorded),
    automation: await gatherAutomation(ports, slot, { entries, cases, requests }),
    followUps: followUps.map((one) => followUpLine(one, isoNow(ports.chance))),
    suppressions: suppressions
      .filter(({ until }) => Date.parse(until) - ports.chance.now() < endingMs)
      .toSorted((a, b) => a.until.localeCompare(b.until))
      .map((one) => `${scopeInWords(one.scope)}: ends ${utc(one.until)}, hid ${hidden(one.id)}`),
    // Drawn as a list of its own: what changed is of more interest than what is still to do.
    posture: [...postureChanges(report), ...postureLines(report)].map((line) =>
      line.replace(/^• /, ''),
    ),
    delivery: [
      ...coverageLines(report),
      ...(ports.config.directory?.failing ? directoryLines(ports.config) : []),
      balanceInWords(balance),
      ...(dirty.length > 0 ? [`Cards that are not up to date yet: ${dirty.length}.`] : []),
      ...heartbeats,
    ],
  };
};
