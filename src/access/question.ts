/**
 * Who, what and on what, from the words of a person. Pure: nothing is looked up. Whatever does not fit is
 * refused with what to write instead, because a simulation of the wrong question misleads.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
import { parseArn } from '../findings/arn.ts';

type RefusalOfQuestion =
  | 'not-a-principal'
  | 'root'
  | 'temporary-key'
  | 'not-an-action'
  | 'wildcard'
  | 'not-a-resource';

/** Why it cannot be asked, and what to do instead. */
export interface CannotAsk {
  readonly kind: 'cannot-ask';
  readonly code: RefusalOfQuestion;
  readonly because: string;
  readonly instead: string;
}

/** Whose policies are simulated; a key stands for its user, a session for its role. */
export type AskedPrincipal =
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'user' | 'role'; readonly name: string; readonly account: string };

export interface Question {
  readonly kind: 'question';
  readonly principal: AskedPrincipal;
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN; undefined for everything. */
  readonly resource: string | undefined;
}

const cannot = (code: RefusalOfQuestion, because: string, instead: string): CannotAsk => ({
  kind: 'cannot-ask',
  code,
  because,
  instead,
});

/** Of a user or role, with its path: IAM's names are of these characters. */
const principalName = /^(user|role)\/(?:[\w+=,.@/-]{0,512}\/)?([\w+=,.@-]{1,128})$/;
const sessionName = /^assumed-role\/([\w+=,.@-]{1,64})\/[\w+=,.@-]{1,64}$/;

const exampleArns =
  'Write arn:aws:iam::ACCOUNT:user/NAME, arn:aws:iam::ACCOUNT:role/NAME, the ARN of a role session, or an access key id. /cordon who NAME tells the account.';

const inArn = (word: string): AskedPrincipal | CannotAsk | undefined => {
  const arn = parseArn(word);
  if (!arn?.account) return undefined;
  const { service, account, resource } = arn;
  if (service === 'iam' && resource === 'root')
    return cannot(
      'root',
      'The root user has no policies, so it cannot be simulated: it may do everything that no control policy of the organisation forbids.',
      'Look at what it did: /cordon find ACCOUNT, and CloudTrail. What contains it is in docs/playbooks.md under root use.',
    );
  const [, kind, name] = (service === 'iam' && principalName.exec(resource)) || [];
  if (name && (kind === 'user' || kind === 'role')) return { kind, name, account };
  const role = service === 'sts' ? sessionName.exec(resource)?.[1] : undefined;
  return role ? { kind: 'role', name: role, account } : undefined;
};

/** The principal that a word names. */
const principalIn = (word: string): AskedPrincipal | CannotAsk => {
  if (/^AKIA[A-Z0-9]{16}$/i.test(word)) return { kind: 'key', id: word.toUpperCase() };
  if (/^ASIA[A-Z0-9]{16}$/i.test(word))
    return cannot(
      'temporary-key',
      'ASIA keys belong to a session, and IAM does not say whose.',
      'Write the ARN of the session or of its role: /cordon find KEY tells the cases that name it.',
    );
  if (/^root$/i.test(word)) return principalIn('arn:aws:iam::000000000000:root');
  return (
    inArn(word) ??
    cannot('not-a-principal', 'That is no user, role, role session or access key.', exampleArns)
  );
};

const actionIn = (word: string): string | CannotAsk => {
  if (/[*?]/.test(word)) {
    const service = /^[a-z0-9-]{1,63}(?=:)/i.exec(word)?.[0] ?? 's3';
    return cannot(
      'wildcard',
      'One action is simulated, not a pattern.',
      `Name the one that matters, for example ${service === 's3' ? 's3:GetObject' : `${service}:…`}, and ask again for the next.`,
    );
  }
  return /^[a-z0-9-]{1,63}:[a-z0-9]{1,127}$/i.test(word)
    ? word
    : cannot(
        'not-an-action',
        'An action is written service:Action.',
        'For example s3:GetObject, iam:CreateAccessKey or ec2:RunInstances.',
      );
};

const resourceIn = (word: string | undefined): string | undefined | CannotAsk => {
  if (word === undefined || word === '*') return undefined;
  if (!parseArn(word) || !/^[!-~]{1,1024}$/.test(word))
    return cannot(
      'not-a-resource',
      'A resource is written as its ARN.',
      'For example arn:aws:s3:::BUCKET/KEY or arn:aws:ec2:REGION:ACCOUNT:instance/ID. Without one, everything is asked for.',
    );
  return /[*?]/.test(word)
    ? cannot(
        'wildcard',
        'A pattern of resources would be taken as the name of one.',
        'Name one resource, for example one object of the bucket, or leave it out to ask for everything.',
      )
    : word;
};

const isRefused = (value: unknown): value is CannotAsk =>
  typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'cannot-ask';

/** `words` are principal, action and perhaps resource. */
export const readQuestion = ([who = '', what = '', onWhat]: readonly string[]):
  | Question
  | CannotAsk => {
  const principal = principalIn(who);
  if (isRefused(principal)) return principal;
  const action = actionIn(what);
  if (isRefused(action)) return action;
  const resource = resourceIn(onWhat);
  if (isRefused(resource)) return resource;
  return { kind: 'question', principal, action, resource };
};
