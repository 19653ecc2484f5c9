/** A case is handed over whole, however long its record is. */
import { expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { link } from '../../src/audit/chain.ts';
import type { AuditDraft, AuditEntry } from '../../src/audit/entry.ts';
import { openCase } from '../../src/cases/fold.ts';
import { exportCase } from '../../src/flows/evidence/export-case.ts';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { decide } from '../../src/rules/decide.ts';
import { findingOf } from '../findings/finding-of.ts';

const at = '2026-11-22T09:00:00.000Z';
const finding = findingOf(guardDutyEvent(leakedKey, Date.parse(at)));
const decision = decide(finding, config);
if (decision.kind !== 'card') throw new Error('the example is no card');
const oneCase = openCase(
  { id: 'C000000001', groupKey: decision.groupKey, token: 't' },
  { finding, decision, receivedAt: at },
);

const record = (count: number, caseId: string): readonly AuditEntry[] => {
  const entries: AuditEntry[] = [];
  for (let n = 1; n <= count; n += 1)
    entries.push(
      link(entries.at(-1), {
        ...{ id: `${caseId}/${n}`, at: '2026-11-22T09:00:00.000Z', kind: 'case.updated' },
        ...{ actor: 'cordon:ingest', case: caseId, because: 'another finding' },
      }),
    );
  return entries;
};

test('a case of 2,100 entries is exported with all of them', async () => {
  const entries = record(2_100, oneCase.id);
  const noted: AuditDraft[] = [];
  const bundle = await exportCase(
    {
      cases: { get: async () => oneCase },
      requests: {
        get: async () => undefined,
        async note(draft) {
          noted.push(draft);
        },
      },
      auditIndex: { of: async (_, limit) => entries.toReversed().slice(0, limit) },
      bucket: { get: async () => undefined, list: async () => [] },
      chance: { now: () => Date.parse('2026-11-23T09:00:00Z'), id: () => 'id' },
    },
    oneCase.id,
    'aws:arn:aws:iam::123456789012:user/auditor',
  );
  const audit = bundle?.files.find(({ path }) => path === 'audit.json')?.text ?? '[]';
  expect(JSON.parse(audit)).toEqual(entries);
  expect(bundle?.notes).toEqual([]);
  expect(noted).toMatchObject([{ kind: 'case.evidence-exported' }]);
});
