/** A press on “Run now”: an approver does not want to wait for the end of the countdown. */
import { targetOf } from '../../requests/scope.ts';
import { allowed, answer, type Click, refuseClick } from '../click.ts';
import type { NamedRequest } from '../decide-request.ts';
import { isOwnCase } from '../own-case.ts';
import type { WorkerPorts } from '../ports.ts';
import { refuseTold } from '../refuse-told.ts';
import { launch } from './launch.ts';

export const runNow = async (
  ports: WorkerPorts,
  click: Click,
  named: NamedRequest,
): Promise<void> => {
  const request = await ports.requests.get(named.request);
  const about = { request: named.request, ...(request ? { case: request.caseId } : {}) };
  const target = request && targetOf(request.plan);
  const authority = await allowed(ports, click, 'approve', about, target);
  if (!authority) return;
  if (request?.state !== 'announced' || request.token !== named.token)
    return refuseClick(
      ports,
      click,
      {
        code: 'wrong-state',
        because: 'It does not count down any more.',
        needed: 'nothing; the thread shows what became of it',
      },
      about,
    );
  if (await isOwnCase(ports, click, request)) return;
  const told = await launch(ports, request, { by: click.person, token: named.token, authority });
  if (told.kind === 'refused') return refuseTold(ports, click, told, about);
  const { state, failure } = told.request;
  await answer(ports, click, {
    title: state === 'withdrawn' ? 'Called off' : 'It starts now',
    lines: [failure?.because ?? 'The thread shows what becomes of it.'],
  });
};
