/** Every stored change of a case or a request as a line of the log, with its ids, and what it measures. */
import type { Case } from '../cases/case.ts';
import { leadFinding } from '../cases/case-findings.ts';
import type { Request } from '../requests/request.ts';
import type { CasesTable } from '../store/cases-table.ts';
import type { RequestsTable } from '../store/requests-table.ts';
import type { Measures } from './metrics.ts';
import type { Outside } from './outside.ts';

type Teller = Pick<Outside, 'log' | 'measure'>;

const seconds = (from: string | undefined, to: string): number =>
  from === undefined ? 0 : Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

/** By the kind of the newest audit entry: what this write was about. */
const measuresOf = (request: Request): Measures => {
  // A drill is no work that a dashboard counts.
  if (request.plan.drill) return {};
  const newest = request.outbox.at(-1);
  switch (newest?.kind) {
    case 'request.approved':
      return { ApprovalSeconds: seconds(request.requestedAt, newest.at) };
    case 'request.contained':
      return {
        RequestsContained: 1,
        ContainmentSeconds: seconds(request.approvedAt, newest.at),
      };
    case 'request.failed':
      return { RequestsFailed: 1 };
    case 'request.denied':
    case 'request.expired':
    case 'request.withdrawn':
      return { RequestsRefused: 1 };
    case 'request.undone':
      return { RequestsUndone: 1 };
    default:
      return {};
  }
};

const tellRequest = ({ log, measure }: Teller, request: Request): void => {
  log('request.stored', {
    request: request.id,
    case: request.caseId,
    account: request.plan.target.account,
    action: request.plan.action,
    state: request.state,
    version: request.version,
    happened: request.outbox.at(-1)?.kind ?? 'nothing',
  });
  const measures = measuresOf(request);
  if (Object.keys(measures).length > 0) measure(measures);
};

/** The EventBridge id of the finding that leads it is in the audit entry `case.opened` too. */
const tellCase = ({ log }: Teller, theCase: Case): void => {
  const { account, eventId } = leadFinding(theCase);
  log('case.stored', {
    case: theCase.id,
    account,
    event: eventId,
    version: theCase.version,
    happened: theCase.outbox.at(-1)?.kind ?? 'nothing',
  });
};

export const toldRequests = (table: RequestsTable, teller: Teller): RequestsTable => ({
  ...table,
  async create(request) {
    const created = await table.create(request);
    if (created) tellRequest(teller, request);
    return created;
  },
  async save(request, was) {
    const saved = await table.save(request, was);
    if (saved) tellRequest(teller, request);
    return saved;
  },
});

export const toldCases = (table: CasesTable, teller: Teller): CasesTable => ({
  ...table,
  async create(theCase, priority) {
    const created = await table.create(theCase, priority);
    if (created) tellCase(teller, theCase);
    return created;
  },
  async save(theCase, was, priority) {
    const saved = await table.save(theCase, was, priority);
    if (saved) tellCase(teller, theCase);
    return saved;
  },
});
