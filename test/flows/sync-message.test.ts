/** One message, when the turn of whoever draws it was taken meanwhile. */
import { expect, test } from 'vitest';
import { allowanceOf } from '../../src/flows/pacing/allowance.ts';
import { type SyncPorts, syncMessage } from '../../src/flows/pacing/sync-message.ts';
import { noBudget } from '../../src/slack/budget.ts';
import type { DesiredMessage } from '../../src/slack/cards/desired-message.ts';
import { priorities } from '../../src/store/dirty.ts';
import type { Shown } from '../../src/store/shown.ts';

const start = Date.parse('2026-11-22T09:00:00Z');

const message: DesiredMessage = {
  key: 'card',
  inThread: false,
  broadcast: false,
  text: 'An alert',
  blocks: [],
};

/** `found`: whether the look for a message by its metadata finds it. */
const stage = (stored: Shown, { found = false, during = () => {} } = {}) => {
  let shown = stored;
  let now = start;
  const posts: string[] = [];
  const touched: string[] = [];
  const ports = {
    chance: { now: () => now, id: () => 'id' },
    cases: {
      shown: async () => shown,
      async saveShown(_: string, next: Shown) {
        if (next.version !== shown.version) return false;
        shown = { ...next, version: next.version + 1 };
        return true;
      },
      ownThread: async () => {},
      touch: async (id: string) => void touched.push(id),
    },
    chat: {
      find: async () => (found ? { kind: 'delivered', ts: '9.9' } : { kind: 'gone' }),
      async deliver(_channel: string, name: string, _message: unknown, { ts }: { ts?: string }) {
        posts.push(`${ts ? 'edit' : 'post'} ${name}`);
        during();
        return { kind: 'delivered', ts: ts ?? '1.1' };
      },
    },
    directory: { members: async () => new Set<string>() },
  } as unknown as SyncPorts;
  return {
    posts,
    touched,
    shown: () => shown,
    takeOver: (next: Partial<Shown>) => {
      shown = { ...shown, ...next, version: shown.version + 1 };
    },
    sync: (at = start) => {
      now = at;
      return syncMessage(
        ports,
        {
          allowance: allowanceOf(noBudget, { now: () => now }),
          caller: priorities.first,
          mayBegin: () => true,
          ended: new Set(),
        },
        { owner: { id: 'C1', channel: 'C0SECURITY' }, message, drawn: 'new' },
        shown,
      );
    },
  };
};

const claimed = (secondsAgo: number): Shown => ({
  messages: {},
  posting: { key: 'card', at: new Date(start - secondsAgo * 1000).toISOString() },
  counted: 0,
  version: 3,
});

test('what another may still be posting is neither posted again nor in the way of other cases', async () => {
  const { sync, posts } = stage(claimed(1));
  expect(await sync()).toMatchObject({ kind: 'later', ms: 5000, scope: 'message' });
  expect(posts).toEqual([]);
});

test('what another had posted before it died is found at once', async () => {
  const { sync, posts, shown } = stage(claimed(1), { found: true });
  expect(await sync()).toMatchObject({ kind: 'synced' });
  expect(posts).toEqual([]);
  expect(shown().messages['card']).toEqual({ ts: '9.9', drawn: '' });
});

test('what nobody can be posting any more is posted', async () => {
  const { sync, posts } = stage(claimed(7));
  expect(await sync()).toMatchObject({ kind: 'synced' });
  expect(posts).toEqual(['post C1/card']);
});

test('an edit that another made too is drawn once more, because nobody knows which came last', async () => {
  const card = { ts: '1.1', drawn: 'old' };
  const scene = stage(
    { messages: { card }, counted: 1, version: 4 },
    { during: () => scene.takeOver({ messages: { card: { ...card, drawn: 'newest' } } }) },
  );
  await expect(scene.sync()).rejects.toThrow('two pacers');
  expect(scene.shown().messages['card']).toEqual({ ts: '1.1', drawn: '' });
  expect(scene.touched).toEqual(['C1']);
});
