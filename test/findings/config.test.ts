import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { about, eventOf, findingOf } from './finding-of.ts';

describe('Config', () => {
  it('finds what breaks a rule', () => {
    const found = findingOf(readEvent('config-non-compliant'));
    expect(found).toMatchObject({
      source: 'config',
      type: 'bucket-level-public-access-prohibited',
      severity: 'MEDIUM',
      nativeSeverity: 'NON_COMPLIANT',
      description: 'Public access is not blocked',
      account: '123456789012',
      archived: false,
    });
    expect(about(found)).toEqual(['bucket example-invoices']);
  });

  it('archives it when the resource complies again', () => {
    const again = findingOf(readEvent('config-compliant-again'));
    expect(again.archived).toBe(true);
    expect(again.fingerprint).not.toBe(findingOf(readEvent('config-non-compliant')).fingerprint);
  });

  it.each([
    ['what complies and did before', readEvent('config-compliant'), /was not NON_COMPLIANT/],
    [
      'the invocation of a custom rule',
      eventOf('Config Rules Compliance Change', { configRuleName: 'r', invokingEvent: '{}' }),
      /without a result/,
    ],
    [
      'changes of a resource',
      eventOf('Config Configuration Item Change', {}),
      /Not an event|not a change of compliance/,
    ],
  ])('ignores %s', (_, event, because) => {
    expect(parse(event)).toMatchObject({
      kind: 'ignored',
      because: expect.stringMatching(because),
    });
  });
});
