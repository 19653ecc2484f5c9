/** Every action of the list through every phase of its life: none can be forgotten here. */
import { expect, test } from 'vitest';
import { actions } from '../../src/actions/index.ts';
import { lifecycle } from './lifecycle.ts';
import { lives, livesOf, onlyAdvice } from './lives/index.ts';

test.each(actions.map(({ id }) => [id]))('%s has a life that is lived here', (id) => {
  expect(livesOf(id).length > 0).toBe(!onlyAdvice.includes(id));
});

for (const life of lives) lifecycle(life);
