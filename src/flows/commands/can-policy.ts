/**
 * `/cordon can --policy`: what IAM Access Analyzer says of the policies of one resource, or of all that a
 * case touches: whether they let everybody in, whether they lead to more rights, errors, security warnings. On demand and not on each card:
 * AWS charges for the check of public access, and who asks for it reads the answer.
 */
import { accessNotGranted } from '../../access/checks/access-not-granted.ts';
import { noPublicAccess } from '../../access/checks/no-public-access.ts';
import { validatePolicy } from '../../access/checks/validate-policy.ts';
import { escalation } from '../../access/escalation.ts';
import { holdsPolicies, type PolicyHolder } from '../../access/holder.ts';
import type { PolicyToCheck } from '../../access/policy.ts';
import { touchedPolicies } from '../../access/touched-policies.ts';
import type { Aws } from '../../actions/aws.ts';
import { caseResources, resourceKey } from '../../cases/case-findings.ts';
import type { Drill } from '../../drills/drill.ts';
import { errorInWords } from '../../execution/error-in-words.ts';
import { andMore } from '../../findings/and-more.ts';
import { parseArn } from '../../findings/arn.ts';
import type { Notice, NoticeEntry } from '../../slack/modals/notice.ts';
import { drillOfCase } from '../drill/drill-of.ts';
import { accountInWords, accountsToAsk, readAs } from '../looking/accounts-to-ask.ts';
import type { WorkerPorts } from '../ports.ts';
import type { Asked } from './command.ts';

/** What one answer has room for. */
const mostHolders = 6;
const mostEntries = 18;

interface Named extends Pick<PolicyHolder, 'kind' | 'id' | 'account'> {
  readonly region?: string;
}

/** Of each service the form of what an ARN ends in, and the kind of holder that it names. */
const endings: readonly (readonly [service: string, form: RegExp, kind: PolicyHolder['kind']])[] = [
  ['s3', /^([\w.-]{3,255})$/, 'bucket'],
  ['iam', /^user\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]{1,128})$/, 'user'],
  ['iam', /^role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]{1,128})$/, 'role'],
  ['kms', /^key\/([0-9a-z-]{36,40})$/, 'kms-key'],
  ['lambda', /^function:([\w-]{1,64})$/, 'function'],
  ['secretsmanager', /^secret:([\w/+=.@-]{1,512})$/, 'secret'],
];

/** A bucket's ARN names no account, those of S3 and IAM no Region. */
const holderIn = (word: string): Named | undefined => {
  const { service, account = '', region, resource = '' } = parseArn(word) ?? {};
  return endings
    .filter(([of]) => of === service)
    .flatMap(([, form, kind]): readonly Named[] => {
      const id = form.exec(resource)?.[1];
      return id && (account || kind === 'bucket')
        ? [{ kind, id, account, ...(region ? { region } : {}) }]
        : [];
    })[0];
};

const publicInWords = async (aws: Aws, { document, on }: PolicyToCheck): Promise<string[]> => {
  if (!on) return [];
  const checked = await noPublicAccess(aws, { document, on });
  switch (checked.kind) {
    case 'passes':
      return ['Lets in nobody from everywhere.'];
    case 'fails':
      return [`LETS EVERYBODY IN: ${checked.because.join(' ')}`];
    case 'not-checked':
      return [`Not checked for public access, because ${checked.because}`];
    default:
      return checked satisfies never;
  }
};

const soundInWords = async (aws: Aws, policy: PolicyToCheck): Promise<string[]> => {
  const checked = await validatePolicy(aws, policy);
  switch (checked.kind) {
    case 'passes':
      return ['No errors or security warnings.'];
    case 'fails':
      return checked.because.map((finding) => `Warning: ${finding}`);
    case 'not-checked':
      return [`Not validated, because ${checked.because}`];
    default:
      return checked satisfies never;
  }
};

/** Of what a principal carries: whether it opens the way to everything else. */
const grantsInWords = async (aws: Aws, { document, type }: PolicyToCheck): Promise<string[]> => {
  if (type !== 'IDENTITY_POLICY') return [];
  const checked = await accessNotGranted(aws, document, escalation);
  switch (checked.kind) {
    case 'passes':
      return ['Grants nothing that leads to every right of the account.'];
    case 'fails':
      return [
        `LEADS TO MORE RIGHTS: it grants one of ${andMore(escalation, 4)}. ${checked.because.join(' ')}`,
      ];
    case 'not-checked':
      return [`Not checked for what leads to more rights, because ${checked.because}`];
    default:
      return checked satisfies never;
  }
};

const entryOf = async (aws: Aws, policy: PolicyToCheck): Promise<NoticeEntry> => ({
  lines: [
    policy.name,
    ...(
      await Promise.all([
        publicInWords(aws, policy),
        grantsInWords(aws, policy),
        soundInWords(aws, policy),
      ])
    ).flat(),
  ],
});

interface Read {
  readonly isRead: boolean;
  readonly entries: readonly NoticeEntry[];
}

const readHolder = async (
  ports: WorkerPorts,
  { click }: Asked,
  { holder, drill }: { readonly holder: PolicyHolder; readonly drill: Drill | undefined },
): Promise<Read> => {
  const name = `${holder.kind} ${holder.id} in ${accountInWords(ports, holder.account)}`;
  try {
    const aws = await readAs(ports, click, holder, drill);
    const policies = await touchedPolicies(aws, holder);
    if (!policies) return { isRead: false, entries: [{ lines: [name, 'It does not exist.'] }] };
    const entries = await Promise.all(policies.map((policy) => entryOf(aws, policy)));
    const none = [{ lines: [name, 'It has no policy of its own.'] }];
    return { isRead: true, entries: entries.length > 0 ? entries : none };
  } catch (error) {
    const because = `Not read, because AWS said: ${errorInWords(error)}`;
    return { isRead: false, entries: [{ lines: [name, because] }] };
  }
};

const checked = async (
  ports: WorkerPorts,
  asked: Asked,
  {
    of,
    holders,
    isOneOf = false,
    drill,
  }: {
    readonly of: string;
    readonly holders: readonly PolicyHolder[];
    /** It is not known in which of the accounts it is: where it is not says nothing. */
    readonly isOneOf?: boolean;
    /** Then it is the drill's own AWS that is asked. */
    readonly drill?: Drill | undefined;
  },
): Promise<Notice> => {
  const shown = holders.slice(0, mostHolders);
  const all = await Promise.all(shown.map((holder) => readHolder(ports, asked, { holder, drill })));
  const told = isOneOf && all.some(({ isRead }) => isRead) ? all.filter((one) => one.isRead) : all;
  const entries = told.flatMap((one) => one.entries);
  const left = holders.length - shown.length;
  return {
    title: `The policies of ${of}`,
    lines: [
      'Asked of IAM Access Analyzer now. It judges the texts alone: a block of public access and control policies come on top. Managed policies are shared and were not read.',
      ...(left > 0 || entries.length > mostEntries
        ? ['Not all have room here: ask for the others one by one, by their ARN.']
        : []),
    ],
    entries: entries.slice(0, mostEntries),
  };
};

const ofCase = async (ports: WorkerPorts, asked: Asked, id: string): Promise<Notice> => {
  const theCase = await ports.cases.get(id);
  if (!theCase)
    return {
      title: 'There is no such case',
      lines: ['/cordon cases lists what is open, /cordon find looks for what a case is about.'],
    };
  const drill = await drillOfCase(ports, id, theCase.drill?.id);
  const held = caseResources(theCase).filter(holdsPolicies);
  const holders = [...new Map(held.map((each) => [resourceKey(each), each])).values()];
  return holders.length > 0
    ? checked(ports, asked, { of: id, holders, drill })
    : {
        title: `${id} names no bucket, key, secret, function, user or role`,
        lines: ['Only of these Cordon reads policies. Ask for one by its ARN.'],
      };
};

const ofResource = async (
  ports: WorkerPorts,
  asked: Asked,
  { word, holder }: { readonly word: string; readonly holder: ReturnType<typeof holderIn> },
): Promise<Notice> => {
  if (!holder)
    return {
      title: 'Cordon does not read policies of that',
      lines: [
        'Write the ARN of a bucket (arn:aws:s3:::BUCKET), role, user, KMS key, secret or function, or the id of a case.',
      ],
    };
  const toAsk = await accountsToAsk(ports, {
    word: holder.id,
    again: 'Ask for the case instead, or look in the S3 console of the account whose bucket it is.',
    ...(holder.account ? { named: holder.account } : {}),
  });
  if (toAsk.kind === 'cannot') return toAsk.notice;
  const regions = toAsk.cases.flatMap((theCase) =>
    caseResources(theCase).flatMap(({ id, region }) => (id === holder.id ? [region] : [])),
  );
  const region = holder.region ?? regions[0] ?? ports.config.homeRegion;
  const holders = toAsk.accounts.map((account) => ({ ...holder, account, region }));
  return checked(ports, asked, { of: word, holders, isOneOf: true });
};

export const checkPolicies = (ports: WorkerPorts, asked: Asked, word: string): Promise<Notice> =>
  /^C[0-9A-F]{9}$/i.test(word)
    ? ofCase(ports, asked, word.toUpperCase())
    : ofResource(ports, asked, { word, holder: holderIn(word) });
