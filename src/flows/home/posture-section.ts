/** What the home tab says of the posture: what is kept of it, so that opening the tab asks AWS nothing. */
import { oldest } from '../../posture/report.ts';
import type { HomeSection } from '../../slack/home/home-view.ts';
import { postureLines } from '../../slack/posture-blocks.ts';
import type { WorkerPorts } from '../ports.ts';
import { keptPosture, wholeScope } from '../posture.ts';

export const postureSection = async (ports: WorkerPorts): Promise<HomeSection> => {
  const report = await keptPosture(ports, wholeScope(ports));
  const at = oldest(report);
  const lines = postureLines(report);
  return {
    id: 'posture',
    title: 'Posture',
    lines: at ? [] : lines,
    entries: at ? [{ lines, when: { label: 'the oldest of it read', at } }] : [],
  };
};
