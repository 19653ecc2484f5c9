/** What the home tab says of the posture. */
import type { HomeSection } from '../../slack/home/home-view.ts';

export const postureSection = async (): Promise<HomeSection> => ({
  id: 'posture',
  title: 'Posture',
  lines: ['Not read yet.'],
  entries: [],
});
