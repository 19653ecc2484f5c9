/** `evidence.network`: what can be used, what is wrong and what to do, and which log belongs to which account. */
import { describe, expect, test } from 'vitest';
import type { CordonConfigInput } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/define-config.ts';
import type { NetworkSettings } from '../../src/config/network-settings.ts';
import { networkLogs } from '../../src/flows/evidence/network-logs.ts';

const smallest: CordonConfigInput = {
  workspace: 'T0CORDON',
  channel: 'C0SECURITY',
  responders: {},
  approvers: {},
  accounts: { '123456789012': { name: 'security', response: false } },
  securityAccount: '123456789012',
  homeRegion: 'eu-west-1',
};

const read = (network: object) => readConfig({ ...smallest, evidence: { network } });

const problems = (network: object): readonly string[] => {
  try {
    read(network);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, problem, remedy }) => `${path} ${problem}: ${remedy}`);
  }
};

describe('what is wrong is named with what to do', () => {
  test.each<[string, object, RegExp]>([
    ['no account', { prod: {} }, /network\.prod is no key .* or \* for all others/],
    ['no group', { '*': { flowLogs: {} } }, /flowLogs\.logGroup is missing: Use the name/],
    [
      'an ARN',
      { '*': { flowLogs: { logGroup: 'arn:aws:logs:eu-west-1:123456789012:log-group:flow' } } },
      /logGroup is .* and no ARN/,
    ],
    [
      'a group that would end the request',
      { '*': { resolverLogs: { logGroup: 'a" | fields @message' } } },
      /resolverLogs\.logGroup is/,
    ],
    [
      'a table that would end the name',
      { '*': { bucketLogs: { database: 'logs', table: 'x" --', workgroup: 'primary' } } },
      /bucketLogs\.table is .* letters, digits and underscores/,
    ],
    ['another log', { '*': { flowLog: { logGroup: 'a' } } }, /Did you mean "flowLogs"/],
    [
      'a Region that is none',
      { '*': { flowLogs: { logGroup: 'a', region: 'Dublin' } } },
      /region is "Dublin"/,
    ],
  ])('%s', (_, network, line) => {
    expect(problems(network)).toEqual([expect.stringMatching(line)]);
  });
});

test('an account’s own entry goes before that of all others, log by log', () => {
  const flows: NetworkSettings = { flowLogs: { logGroup: '/all/flows' } };
  const config = read({
    '*': { ...flows, resolverLogs: { logGroup: '/all/names', account: '999988887777' } },
    '111122223333': { flowLogs: { logGroup: '/own/flows', region: 'eu-central-1' } },
  });
  const region = 'eu-west-1';
  expect(networkLogs(config, { account: '111122223333', region })).toEqual({
    flowLogs: { account: '111122223333', region: 'eu-central-1', logGroup: '/own/flows' },
    resolverLogs: { account: '999988887777', region, logGroup: '/all/names' },
  });
  expect(networkLogs(config, { account: '444455556666', region }).flowLogs).toEqual({
    ...{ account: '444455556666', region, logGroup: '/all/flows' },
  });
  const table = { database: 'logs', table: 's3', workgroup: 'security' };
  const tables = read({ '*': { bucketLogs: { ...table, account: '999988887777' } } });
  expect(networkLogs(tables, { account: '444455556666', region })).toEqual({
    bucketLogs: { ...table, account: '999988887777', region },
  });
  expect(networkLogs(read({}), { account: '111122223333', region })).toEqual({});
});
