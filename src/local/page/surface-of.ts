/** Joins drawn blocks to the local world: presses become calls, typed values are kept over redraws. */
import { api, type Place } from './api.ts';
import type { Surface } from './block-kit/surface.ts';
import { askToConfirm } from './dialog.ts';
import { namesOf, nowOf, type Page, people } from './page.ts';

type Values = Map<string, Map<string, string>>;

/** By place, then block_id, then action_id. */
const typed = new Map<string, Values>();

const keyOf = (place: Place): string => ('view_id' in place ? place.view_id : place.ts);

function remember(place: Place, ids: readonly [block: string, action: string], value: string) {
  const [block, action] = ids;
  const values = typed.get(keyOf(place)) ?? new Map<string, Map<string, string>>();
  const fields = values.get(block) ?? new Map<string, string>();
  typed.set(keyOf(place), values.set(block, fields.set(action, value)));
}

/** The values of the inputs in these blocks, as `/slack/submit` takes them; empty ones are left out. */
export function valuesIn(
  place: Place,
  blockIds: readonly string[],
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const values = typed.get(keyOf(place)) ?? new Map<string, Map<string, string>>();
  return Object.fromEntries(
    [...values].flatMap(([block, fields]) => {
      const filled = [...fields].filter(([, value]) => value !== '');
      const belongs = blockIds.includes(block) && filled.length > 0;
      return belongs ? [[block, Object.fromEntries(filled)] as const] : [];
    }),
  );
}

/** The surface of one message or modal. */
export function surfaceOf(page: Page, place: Place): Surface {
  const surface: Surface = {
    names: namesOf(page),
    people: () => people(page.world).map(({ id, real_name }) => [id, real_name] as const),
    now: () => nowOf(page),
    recall: (block, action, initial) => {
      const value = typed.get(keyOf(place))?.get(block)?.get(action);
      if (value === undefined) remember(place, [block, action], initial);
      return value ?? initial;
    },
    remember: (block, action, value) => remember(place, [block, action], value),
    press: async ({ actionId, value, control, confirm }) => {
      if (confirm && !(await askToConfirm(confirm, surface))) return;
      const press = { action_id: actionId, ...(value === undefined ? {} : { value }) };
      await page.call(() => api.act(page.choice.user, place, press), control);
    },
  };
  return surface;
}
