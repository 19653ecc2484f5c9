/**
 * `/cordon who`: whose key that is, or what a user or role is, read live with the read role. Accounts are
 * those of the cases about it; an account that cannot be read is named.
 */
import type { Aws } from '../../actions/aws.ts';
import { unlessMissing } from '../../actions/iam-reading.ts';
import { errorInWords } from '../../execution/error-in-words.ts';
import { utc } from '../../slack/duration.ts';
import { accountInWords, accountsToAsk, readAs } from '../looking/accounts-to-ask.ts';
import type { WorkerPorts } from '../ports.ts';
import type { Asked, Command } from './command.ts';

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
  const name = accountInWords(ports, account);
  try {
    const lines = await lookUp(await readAs(ports, click, { account }), word);
    return lines.length > 0 ? [name, ...lines] : undefined;
  } catch (error) {
    return [name, `Unknown, because AWS said: ${errorInWords(error)}`];
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
    const named = account ?? /^arn:aws[\w-]*:(?:iam|sts)::(\d{12}):/.exec(word)?.[1];
    const toAsk = await accountsToAsk(ports, {
      word,
      again: `Say its account: /cordon who ${word.slice(0, 100)} ACCOUNT`,
      ...(named ? { named } : {}),
    });
    if (toAsk.kind === 'cannot') return toAsk.notice;
    const { accounts, cases } = toAsk;
    const answers = await Promise.all(accounts.map((id) => inAccount(ports, asked, id)));
    const found = answers.flatMap((lines) => (lines ? [{ lines }] : []));
    return {
      title: found.length > 0 ? `Who is ${word.slice(0, 100)}` : 'IAM knows nothing of that',
      lines: [
        isKey(word) && /^asia/i.test(word)
          ? 'ASIA keys belong to a session, which IAM does not list. /cordon find tells the cases about it.'
          : `Asked ${accounts.length} accounts. Cases about it: ${cases.length}.`,
      ],
      entries: found,
    };
  },
};
