/** Every sentence of what responders are promised is proven by tests that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attacks } from './attacks.ts';
import { authority } from './authority.ts';
import { caseLifecycle } from './case-lifecycle.ts';
import { commandsAndScreens } from './commands-and-screens.ts';
import { evidenceDrillsReviews } from './evidence-drills-reviews.ts';
import { playbooksAndAutomation } from './playbooks-and-automation.ts';
import { posture } from './posture.ts';
import { promises } from './promises.ts';
import type { Sentence } from './sentence.ts';
import { textSafety } from './text-safety.ts';

const sections: Readonly<Record<string, readonly Sentence[]>> = {
  authority,
  caseLifecycle,
  commandsAndScreens,
  textSafety,
  promises,
  attacks,
  posture,
  playbooksAndAutomation,
  evidenceDrillsReviews,
};

const source = (file: string): string => {
  const at = new URL(`../../${file}`, import.meta.url);
  return existsSync(at) ? readFileSync(at, 'utf8') : '';
};

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A title is a literal that a function follows, or the options of the case before it. */
const hasCase = (code: string, name: string): boolean =>
  new RegExp(`(['"\`])${literally(name)}\\1,\\s*(?:\\{[^}]*\\},\\s*)?(?:async )?\\(`).test(code);

const named = Object.entries(sections).flatMap(([section, sentences]) =>
  sentences.map((sentence) => ({ section, ...sentence })),
);

test.each(named)('$section: $says', ({ proof }) => {
  const missing = Object.entries(proof).flatMap(([file, cases]) =>
    cases.filter((name) => !hasCase(source(file), name)).map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
  expect(Object.keys(proof)).not.toEqual([]);
});

test('no sentence is there twice', () => {
  const says = named.map((one) => one.says);
  expect(says).toEqual([...new Set(says)]);
});

test('a case that does not exist would be noticed', () => {
  const own = source('stories/people.test.ts');
  expect(hasCase(own, 'membership is looked up at each step')).toBe(true);
  expect(hasCase(own, 'membership is looked up at no step')).toBe(false);
});
