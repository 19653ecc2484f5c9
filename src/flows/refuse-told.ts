/** A press that the state machine of requests refused: told with what it would need. */
import { type Click, refuseClick } from './click.ts';
import type { WorkerPorts } from './ports.ts';
import type { Told } from './save-request.ts';

type ToldNo = Extract<Told, { kind: 'refused' }>;

const neededFor = (told: ToldNo): string => {
  switch (told.code) {
    case 'own-request':
      return 'an approver who is not you; withdraw it if it was a mistake';
    case 'other-plan':
      return 'the newest approval card in the thread';
    case 'already-voted':
      return 'another approver';
    case 'step-up-needed':
      return 'Approve again, and the link that comes with it';
    case 'expired':
      return 'a new request';
    case 'not-yours':
      return 'the requester';
    case 'already-called':
      return 'an answer; the thread shows it';
    case 'not-this-tier':
      return 'the approvals that it asks for';
    case 'wrong-state':
    case 'undone-by-another':
      return 'nothing; the card shows how it stands';
    default:
      return told.code satisfies never;
  }
};

export const refuseTold = (
  ports: WorkerPorts,
  click: Click,
  told: ToldNo,
  about: { readonly case?: string; readonly request?: string },
): Promise<void> => {
  const { code, because, who } = told;
  const needed = neededFor(told);
  return refuseClick(ports, click, { code, because, needed, ...(who ? { who } : {}) }, about);
};
