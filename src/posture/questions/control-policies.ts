/** Accounts that no service control policy limits, beside the one that allows everything. */
import { consoleUrl } from '../console.ts';
import { answered, type Question, type Reader, usualMinutes } from '../question.ts';

const allowsAll = 'p-FullAWSAccess';

const policies = async (reader: Reader): Promise<readonly string[]> => {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const page = await reader.call('organizations:ListPolicies', {
      Filter: 'SERVICE_CONTROL_POLICY',
      ...(token ? { NextToken: token } : {}),
    });
    found.push(...(page.Policies ?? []).flatMap(({ Id }) => Id ?? []));
    token = page.NextToken;
  } while (token);
  return found.filter((id) => id !== allowsAll);
};

interface Target {
  readonly id: string;
  readonly type: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT' | 'ROOT';
}

const targets = async (reader: Reader, PolicyId: string): Promise<readonly Target[]> => {
  const found: Target[] = [];
  let token: string | undefined;
  do {
    const page = await reader.call('organizations:ListTargetsForPolicy', {
      PolicyId,
      ...(token ? { NextToken: token } : {}),
    });
    for (const { TargetId, Type } of page.Targets ?? [])
      if (TargetId && Type) found.push({ id: TargetId, type: Type });
    token = page.NextToken;
  } while (token);
  return found;
};

const children = async (
  reader: Reader,
  ParentId: string,
  ChildType: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT',
): Promise<readonly string[]> => {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const page = await reader.call('organizations:ListChildren', {
      ParentId,
      ChildType,
      ...(token ? { NextToken: token } : {}),
    });
    found.push(...(page.Children ?? []).flatMap(({ Id }) => Id ?? []));
    token = page.NextToken;
  } while (token);
  return found;
};

/** Accounts in these units and in every unit below them. */
const accountsIn = async (reader: Reader, units: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  const waiting = [...units];
  for (let unit = waiting.shift(); unit; unit = waiting.shift()) {
    found.push(...(await children(reader, unit, 'ACCOUNT')));
    waiting.push(...(await children(reader, unit, 'ORGANIZATIONAL_UNIT')));
  }
  return found;
};

export const controlPolicies: Question = {
  id: 'control-policies',
  title: 'Service control policies',
  reads: [
    'organizations:ListPolicies',
    'organizations:ListTargetsForPolicy',
    'organizations:ListChildren',
  ],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    const all: Target[] = [];
    for (const policy of await policies(reader)) all.push(...(await targets(reader, policy)));
    const everybody = all.some(({ type }) => type === 'ROOT');
    const ofType = (type: Target['type']) => [
      ...new Set(all.filter((each) => each.type === type).map(({ id }) => id)),
    ];
    const limited = new Set(
      everybody
        ? scope.accounts.map(({ id }) => id)
        : [...ofType('ACCOUNT'), ...(await accountsIn(reader, ofType('ORGANIZATIONAL_UNIT')))],
    );
    const free = scope.accounts.filter(({ id }) => !limited.has(id));
    return answered([
      {
        label: 'accounts that no control policy limits',
        value: free.length,
        of: scope.accounts.length,
        verdict: free.length > 0 ? 'look' : 'fine',
        link: consoleUrl('organizationPolicies', reader.region),
        ...(free.length > 0 ? { names: free.map(({ name }) => name) } : {}),
      },
    ]);
  },
};
