/** What does not change a case: its timeline, and everything else that can be done with it. */
import { markLacking, offersFor } from '../../actions/offers.ts';
import {
  caseActions,
  caseFindings,
  caseResources,
  leadFinding,
} from '../../cases/case-findings.ts';
import { peopleBehind } from '../../requests/behind.ts';
import { noActions } from '../../slack/cards/no-actions.ts';
import { timelineOf } from '../../slack/cards/timeline.ts';
import { optionsView } from '../../slack/modals/case-options.ts';
import { timelineView } from '../../slack/modals/timeline.ts';
import { type Click, show } from '../click.ts';
import { knownRoles } from '../known-roles.ts';
import { requestsOf } from '../pacing/show-case.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { caseFor, type Named } from './case-for.ts';

const wanted = { state: 'any', quietens: false } as const;

/** `page`: 0 for the newest. */
export const showTimeline = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  page: number,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const requests = await requestsOf(ports, theCase.requests);
  const timeline = timelineOf({
    theCase,
    requests,
    policy: ports.config.escalation,
    now: isoNow(ports.chance),
  });
  await show(ports, click, timelineView(theCase, timeline, page));
};

export const showOptions = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const [requests, roles] = await Promise.all([
    requestsOf(ports, theCase.requests),
    knownRoles(ports, theCase),
  ]);
  const { config } = ports;
  await show(
    ports,
    click,
    optionsView({
      theCase,
      requests,
      offers: noActions(config, theCase)
        ? []
        : markLacking(offersFor(caseActions(theCase), caseResources(theCase)), roles, config),
      canAsk: peopleBehind(config.identities, caseFindings(theCase)).length > 0,
      accountName: config.accounts[leadFinding(theCase).account]?.name,
    }),
  );
};
