/** What a finding is about: which open case it joins, and which cases it shows to be one. */
import { expect, test } from 'vitest';
import { groupingOf } from '../../src/rules/grouping.ts';
import { findingOf } from '../findings/finding-of.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

const sequence = findingOf(readEvent('guardduty-attack-sequence'));
const about = [
  'user/123456789012/ci-deploy',
  'instance/123456789012/eu-west-1/i-0a1b2c3d4e5f60718',
  'bucket/example-invoices',
];

test('cases of the principals, instances and buckets that an attack sequence names are one', () => {
  const { join, own, meet } = groupingOf(sequence);
  expect(meet).toEqual(expect.arrayContaining(about));
  expect(own).toEqual(meet);
  expect(join).toEqual(meet);
});

test('what many share shows nothing: a finding about a cluster and a role joins no two cases', () => {
  const [resource] = sequence.resources;
  if (!resource) throw new Error('the sequence names nothing');
  const { account, region } = resource;
  const shared = ['cluster', 'role'].map((kind) => ({ kind, id: 'prod', account, region }));
  const finding = { ...sequence, resources: shared as typeof sequence.resources };
  expect(groupingOf(finding)).toMatchObject({
    own: ['cluster/123456789012/eu-west-1/prod', 'role/123456789012/eu-west-1/prod'],
    meet: [],
  });
});

test('a sample, the result of a control and a key of a rule’s own join no two cases', () => {
  expect(groupingOf({ ...sequence, sample: true }).meet).toEqual([]);
  expect(groupingOf({ ...sequence, source: 'config', type: 'a-rule' }).meet).toEqual([]);
  const rule = { id: 'mine', group: () => 'night shift' } as never;
  expect(groupingOf(sequence, rule)).toMatchObject({
    own: ['rule/mine/123456789012/night shift'],
    meet: [],
  });
});
