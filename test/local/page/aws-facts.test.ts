import { describe, expect, test } from 'vitest';
import { changedFacts, factsOf } from '../../../src/local/page/panels/aws-facts.ts';
import type { AwsState } from '../../../src/local/page/wire.ts';

const aws = (groups: readonly string[], status = 'Active'): AwsState => ({
  accounts: [
    {
      id: '123456789012',
      name: 'prod',
      region: 'eu-west-1',
      instances: [
        {
          id: 'i-1',
          name: 'api',
          state: 'running',
          vpc: 'vpc-1',
          interfaces: [{ id: 'eni-1', groups, quarantined: false, ip: '10.0.0.5', ipv6: [] }],
        },
      ],
      securityGroups: [],
      buckets: [],
      roles: [{ name: 'api', policies: [] }],
      users: [{ name: 'ci', keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', status }] }],
      findings: [],
    },
  ],
});

describe('the AWS panel knows what changed', () => {
  test('nothing has changed when there is no before', () => {
    expect(changedFacts(undefined, factsOf(aws(['sg-1']))).size).toBe(0);
  });

  test('an interface with other groups has changed, its instance has not', () => {
    const changed = changedFacts(factsOf(aws(['sg-1'])), factsOf(aws(['sg-q'])));
    expect([...changed]).toEqual(['123456789012/eni-1']);
  });

  test('a key that was switched off has changed', () => {
    const changed = changedFacts(factsOf(aws([])), factsOf(aws([], 'Inactive')));
    expect([...changed]).toEqual(['123456789012/AKIAIOSFODNN7EXAMPLE']);
  });
});
