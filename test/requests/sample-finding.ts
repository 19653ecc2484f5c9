/** A finding about an access key, with the names that a test gives it. */
import { type Finding, untrusted } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';

export const sampleFinding = ({
  user = 'ci-deploy',
  principal = 'ci-deploy',
}: {
  readonly user?: string;
  readonly principal?: string;
}): Finding => {
  const finding = parse(guardDutyEvent(leakedKey, Date.parse('2026-11-22T09:00:00Z')));
  if (finding.kind !== 'finding') throw new Error(finding.because);
  const [resource] = finding.resources;
  return {
    ...finding,
    resources: resource
      ? [{ ...resource, kind: 'access-key', temporary: false, user: untrusted(user) }]
      : [],
    actors: [{ principal: untrusted(principal) }],
  };
};
