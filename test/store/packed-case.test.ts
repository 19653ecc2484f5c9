/** A stored case is small, is read back as it was, and what was stored once can be read for good. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { openCase } from '../../src/cases/fold.ts';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { decide } from '../../src/rules/decide.ts';
import { caseWords } from '../../src/store/case-words.ts';
import { caseKey, caseLayout } from '../../src/store/item.ts';
import { packed, unpacked } from '../../src/store/packed-case.ts';
import { versionedItem } from '../../src/store/table.ts';
import { findingOf } from '../findings/finding-of.ts';

const at = '2026-11-22T09:00:00.000Z';
const finding = findingOf(guardDutyEvent(compromisedServer, Date.parse(at)));
const decision = decide(finding, config);
if (decision.kind !== 'card') throw new Error('the example is no card');
const theCase = openCase(
  { id: 'C000000001', groupKey: decision.groupKey, token: 'token' },
  { finding, decision, receivedAt: at },
);

test('a case is read back as it was', () => {
  const item = versionedItem(caseKey(theCase.id), packed(theCase), {
    due: undefined,
    layout: caseLayout,
  });
  expect(unpacked(item)).toEqual(theCase);
});

test('a case of one finding takes less than a kilobyte without its audit entries', () => {
  expect(packed(theCase).body.byteLength).toBeLessThan(850);
  expect(JSON.stringify(theCase).length).toBeGreaterThan(2500);
});

test('the words that the compression knows beforehand are those with which cases were stored', () => {
  const hash = createHash('sha256').update(caseWords).digest('hex');
  // Another text cannot read what is stored: with one, raise `caseLayout` and keep these words for the old.
  expect({ caseLayout, hash }).toEqual({
    caseLayout: 2,
    hash: 'add9dba59d95052d020d8a468ad62da31ea45c72279b19f0c98e3452fc26a106',
  });
});
