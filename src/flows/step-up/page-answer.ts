/** What the step-up page is answered, and what the answering needs. */
import { confirmChallenge, type Ticket } from '../../requests/step-up.ts';
import type { Passkeys } from '../../store/passkeys.ts';
import type { RequestsTable } from '../../store/requests-table.ts';
import type { Pager } from '../page-people.ts';
import type { Ports, WorkQueue } from '../ports.ts';
import type { SignInPorts } from './sign-in.ts';

export interface StepUpPorts extends Pick<Ports, 'chance'>, SignInPorts {
  readonly newPasskeyHours: number;
  readonly requests: Pick<RequestsTable, 'get' | 'ticket' | 'revokedPasskeys'>;
  readonly passkeys: Passkeys;
  readonly work: WorkQueue;
  readonly pager: Pager;
}

export interface Refused {
  readonly kind: 'refused';
  readonly code:
    | 'unknown-link'
    | 'link-expired'
    | 'link-used'
    | 'request-over'
    | 'no-passkey'
    | 'new-passkey'
    | 'not-signed'
    | 'somebody-else'
    | 'not-fresh'
    | 'copied-passkey';
  readonly because: string;
  readonly needed: string;
}

/** What the page draws, as plain text; `options` go to the browser's WebAuthn call, `signIn` is where it may go instead. */
export type PageAnswer =
  | {
      readonly kind: 'confirm' | 'enrol';
      readonly title: string;
      readonly lines: readonly string[];
      readonly options?: object;
      readonly signIn?: string;
    }
  | { readonly kind: 'done'; readonly title: string; readonly lines: readonly string[] }
  | Refused;

export const refused = (code: Refused['code'], because: string, needed: string): Refused => ({
  kind: 'refused',
  code,
  because,
  needed,
});

export const notSigned = refused(
  'not-signed',
  'The passkey’s answer does not hold for this page, this request and this plan.',
  'Press Approve in Slack again and use the new link.',
);

export type ConfirmTicket = Extract<Ticket, { kind: 'confirm' }>;

export const challengeOf = ({ request, planHash, person, token }: ConfirmTicket): string =>
  confirmChallenge({ request, planHash, person: person.id, nonce: token });
