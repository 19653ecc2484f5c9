/**
 * `/cordon who`: whose key that is, or what a user or role is, read live with the read role. Accounts are
 * those of the cases about it; an account that cannot be read is named.
 */
import type { Aws } from '../../actions/aws.ts';
import { unlessMissing } from '../../actions/iam-reading.ts';
import { searchable } from '../../cases/about.ts';
import { leadFinding } from '../../cases/case.ts';
import { errorInWords } from '../../execution/error-in-words.ts';
import { utc } from '../../slack/duration.ts';
import { casesOf } from '../looking/work-at-hand.ts';
import type { WorkerPorts } from '../ports.ts';
import type { Asked, Command } from './command.ts';

/** Without a hint so many accounts are asked; with more, the account has to be named. */
const mostAccounts = 8;

const isKey = (word: string): boolean => /^(?:AKIA|ASIA)[A-Z0-9]{16}$/i.test(word);

const time = (at: Date | undefined): string => (at ? utc(at.toISOString()) : 'never');

const ofKey = async (aws: Aws, key: string): Promise<readonly string[]> => {
  const used = await unlessMissing(aws.call('iam:GetAccessKeyLastUsed', { AccessKeyId: key }));
  if (!used?.UserName) return [];
  const { AccessKeyMetadata = [] } = await aws.call('iam:ListAccessKeys', {
    UserName: used.UserName,
  });
  const own = AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === key);
  const { LastUsedDate, Region, ServiceName } = used.AccessKeyLastUsed ?? {};
  return [
    `Key of user ${used.UserName}, ${own?.Status ?? 'gone'}, created ${time(own?.CreateDate)}`,
    LastUsedDate
      ? `Last used ${time(LastUsedDate)}: ${ServiceName} in ${Region}`
      : 'Never used, as far as AWS knows',
  ];
};

const ofUser = async (aws: Aws, name: string): Promise<readonly string[]> => {
  const found = await unlessMissing(aws.call('iam:GetUser', { UserName: name }));
  if (!found?.User) return [];
  const { AccessKeyMetadata = [] } = await aws.call('iam:ListAccessKeys', { UserName: name });
  return [
    `User ${found.User.UserName}, created ${time(found.User.CreateDate)}`,
    `Console password last used: ${time(found.User.PasswordLastUsed)}`,
    ...AccessKeyMetadata.map(
      ({ AccessKeyId, Status, CreateDate }) =>
        `Key ${AccessKeyId}: ${Status}, created ${time(CreateDate)}`,
    ),
  ];
};

const ofRole = async (aws: Aws, name: string): Promise<readonly string[]> => {
  const found = await unlessMissing(aws.call('iam:GetRole', { RoleName: name }));
  return found?.Role
    ? [
        `Role ${found.Role.RoleName}, created ${time(found.Role.CreateDate)}`,
        `Last used: ${time(found.Role.RoleLastUsed?.LastUsedDate)}`,
      ]
    : [];
};

/** A name without its path or its session: `…:assumed-role/NAME/session`, `…:user/path/NAME`. */
const nameOf = (word: string): string => {
  const session = /:assumed-role\/([^/]+)/.exec(word)?.[1];
  return session ?? word.split('/').at(-1) ?? word;
};

const lookUp = async (aws: Aws, word: string): Promise<readonly string[]> => {
  if (isKey(word)) return ofKey(aws, word.toUpperCase());
  const name = nameOf(word);
  return [...(await ofUser(aws, name)), ...(await ofRole(aws, name))];
};

/** In this account, or undefined when it knows nothing of it. */
const inAccount = async (
  ports: WorkerPorts,
  { click, words: [word = ''] }: Asked,
  account: string,
): Promise<readonly string[] | undefined> => {
  const name = ports.config.accounts[account]?.name ?? account;
  try {
    const aws = await ports.aws.as({
      role: 'read',
      account,
      region: ports.config.homeRegion,
      requestId: click.digest.slice(0, 32),
      sourceIdentity: click.person.id,
    });
    const lines = await lookUp(aws, word);
    return lines.length > 0 ? [`${name} (${account})`, ...lines] : undefined;
  } catch (error) {
    return [`${name} (${account})`, `Unknown, because AWS said: ${errorInWords(error)}`];
  }
};

export const who: Command = {
  name: 'who',
  uses: ['who KEY', 'who PRINCIPAL', 'who KEY ACCOUNT'],
  summary: 'whose access key it is, or what a user or role is, read live from IAM',
  needs: 'responder or approver',
  async answer(ports, asked) {
    const [word, account, ...more] = asked.words;
    if (!word || more.length > 0 || (account && !/^\d{12}$/.test(account))) return 'usage';
    const inArn = /^arn:aws[\w-]*:(?:iam|sts)::(\d{12}):/.exec(word)?.[1];
    const named = account ?? inArn;
    const known = Object.keys(ports.config.accounts);
    if (named && !known.includes(named))
      return {
        title: 'Cordon does not know that account',
        lines: [`${named} is not among the accounts of cordon.config.ts, so it cannot be read.`],
      };
    const cases = await casesOf(ports, await ports.about.find(searchable(word), 10));
    const seen = [...new Set(cases.map((theCase) => leadFinding(theCase).account))];
    const hinted = named ? [named] : seen.filter((id) => known.includes(id));
    if (hinted.length === 0 && known.length > mostAccounts)
      return {
        title: 'In which account?',
        lines: [`No case names it. Say its account: /cordon who ${word.slice(0, 100)} ACCOUNT`],
      };
    const asks = hinted.length > 0 ? hinted : known;
    const answers = await Promise.all(asks.map((id) => inAccount(ports, asked, id)));
    const found = answers.flatMap((lines) => (lines ? [{ lines }] : []));
    return {
      title: found.length > 0 ? `Who is ${word.slice(0, 100)}` : 'IAM knows nothing of that',
      lines: [
        isKey(word) && /^asia/i.test(word)
          ? 'ASIA keys belong to a session, which IAM does not list. /cordon find tells the cases about it.'
          : `Asked ${asks.length} accounts. Cases about it: ${cases.length}.`,
      ],
      entries: found,
    };
  },
};
