/** Pages people for what Slack cannot be trusted to tell in time, and remembers that it did. */

import { type DuePage, duePages } from '../cases/paging.ts';
import type { Severity } from '../findings/finding.ts';
import type { Person } from '../requests/person.ts';
import type { Request } from '../requests/request.ts';
import { requesterName } from '../requests/requester.ts';
import { unparsed } from '../slack/text.ts';
import { tellSwitch } from './automation/tell-switch.ts';
import { requestsOf } from './pacing/show-case.ts';
import { isoNow, type Ports } from './ports.ts';
import { tellCase } from './save-case.ts';

/** What a subscriber of the pager topic gets: plain text, in which nothing can be clicked. */
interface Page {
  readonly severity: Severity;
  /** One line, fewer than 100 characters: SNS's limit. */
  readonly subject: string;
  readonly text: string;
}

export interface Pager {
  send(page: Page): Promise<void>;
  /** A page that could not be sent or remembered: the next tick tries again. */
  failed(id: string, error: string): void;
}

export type PagePorts = Pick<Ports, 'chance' | 'cases' | 'requests' | 'automation'> & {
  readonly pager: Pager;
};

const called = ({ name, user }: Person): string => name ?? user;

const approvalOf = (request: Request) => ({
  id: request.id,
  planNumber: request.planNumber,
  summary: request.plan.summary,
  by: requesterName(request.requestedBy),
  pageAt: request.pageAt,
  expiresAt: request.expiresAt,
  ...(request.called ? { calledBy: called(request.called.by) } : {}),
});

const glassOf = ({ id, plan, glass }: Request) =>
  glass ? [{ id, summary: plan.summary, by: called(glass.by), reason: glass.reason }] : [];

const drawn = (severity: Severity, { subject, lines }: DuePage): Page => ({
  severity,
  subject: unparsed(subject, 99),
  text: lines.map((line) => unparsed(line, 300)).join('\n'),
});

/** Sent, then remembered: a crash in between sends it once more, never not at all. */
const pageAbout = async (ports: PagePorts, id: string): Promise<void> => {
  const theCase = await ports.cases.get(id);
  if (!theCase) return;
  const { messages } = await ports.cases.shown(id);
  const requests = await requestsOf(ports, theCase.requests);
  const approvals = requests.filter(({ state }) => state === 'pending').map(approvalOf);
  const glass = requests.flatMap(glassOf);
  const now = isoNow(ports.chance);
  for (const page of duePages({ theCase, messages, approvals, glass, now })) {
    await ports.pager.send(drawn(theCase.severity, page));
    await tellCase(ports, id, { kind: 'page', key: page.key, because: page.because });
  }
};

/** An open breaker is loud: sent, then remembered, as with every other page. */
const pageBreakers = async (ports: PagePorts): Promise<void> => {
  const state = await ports.automation.read();
  for (const [account, { because, paged }] of Object.entries(state?.open ?? {})) {
    if (paged) continue;
    await ports.pager.send({
      severity: 'HIGH',
      subject: unparsed(`Cordon: the breaker of automation is open in ${account}`, 99),
      text: unparsed(
        `${because}. Nothing runs by itself there until somebody closes it: /cordon automation on`,
        300,
      ),
    });
    await tellSwitch(ports, { kind: 'paged', account });
  }
};

/** One that fails keeps no other from being sent, and tick from nothing else. */
export const pagePeople = async (
  ports: PagePorts,
  due: { readonly cases: readonly string[]; readonly requests: readonly string[] },
): Promise<void> => {
  const guarded = async (id: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      ports.pager.failed(id, error instanceof Error ? error.name : 'unknown');
    }
  };
  for (const id of due.requests)
    await guarded(id, async () => {
      const request = await ports.requests.get(id);
      if (request?.state === 'pending') await pageAbout(ports, request.caseId);
    });
  await guarded('automation', () => pageBreakers(ports));
  for (const id of new Set(due.cases)) await guarded(id, () => pageAbout(ports, id));
};
