/** One case in a window or a message of its own: what is known, how it stands, what was asked for. */
import { holdsPolicies } from '../../access/holder.ts';
import type { Case } from '../../cases/case.ts';
import { caseResources, leadFinding } from '../../cases/case-findings.ts';
import { utc } from '../../slack/duration.ts';
import type { Notice } from '../../slack/modals/notice.ts';
import { type MessagePlace, permalinkOf } from '../../slack/permalink.ts';
import { requestsOf } from '../pacing/show-case.ts';
import type { Ports } from '../ports.ts';
import { placeAndOwner } from './account-lines.ts';
import { requestEntry, standingOf, whereOf } from './entries.ts';

const mostNamed = 6;
const mostRequests = 6;

type LookPorts = Pick<Ports, 'cases' | 'requests' | 'config' | 'chance'>;

/** Where the case's card is, once it is in Slack. */
const cardOf = async (ports: LookPorts, theCase: Case): Promise<MessagePlace | undefined> => {
  const ts = (await ports.cases.shown(theCase.id)).messages['card']?.ts;
  return ts ? { channel: theCase.channel, ts } : undefined;
};

export const caseNotice = async (ports: LookPorts, theCase: Case): Promise<Notice> => {
  const [requests, card] = await Promise.all([
    requestsOf(ports, theCase.requests.slice(-mostRequests)),
    cardOf(ports, theCase),
  ]);
  const finding = leadFinding(theCase);
  const named = caseResources(theCase).map(({ kind, id }) => `${kind} ${id}`);
  const now = ports.chance.now();
  return {
    title: `${theCase.severity} · ${theCase.decision.title}`,
    lines: [
      whereOf(ports.config, theCase),
      ...placeAndOwner(ports.config, finding.account),
      `${theCase.id}, ${standingOf(theCase)}`,
      `What happened: ${finding.title}`,
      `At risk: ${theCase.decision.atRisk}`,
      `About: ${named.slice(0, mostNamed).join(', ')}${named.length > mostNamed ? ' …' : ''}`,
      ...(caseResources(theCase).some(holdsPolicies)
        ? [`What its policies let in: /cordon can --policy ${theCase.id}`]
        : []),
      `Opened ${utc(theCase.openedAt)} because ${theCase.decision.because}`,
    ],
    ...(theCase.assignee ? { who: theCase.assignee } : {}),
    ...(card ? { link: { url: permalinkOf(card), label: 'Open the card' } } : {}),
    entries: requests
      .toReversed()
      .map((request) => requestEntry(request, { config: ports.config, now })),
  };
};
