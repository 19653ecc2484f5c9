import { expect, test } from 'vitest';
import {
  button,
  channel,
  clientOf,
  codeOf,
  createWorld,
  plain,
  reasonModal,
  section,
} from './client.ts';

const post = { channel, text: 'fallback' };

test('posts, updates, threads and broadcasts as the page will show them', async () => {
  const { client, slack } = createWorld();
  const card = await client.chat.postMessage({ ...post, blocks: [section('card')] });
  const ts = card.ts ?? '';
  await client.chat.postMessage({ channel, text: 'step', thread_ts: ts });
  await client.chat.postMessage({
    channel,
    text: 'approve?',
    thread_ts: ts,
    reply_broadcast: true,
  });
  await client.chat.update({ channel, ts, text: 'fallback 2', blocks: [section('card 2')] });
  expect(slack.state()).toMatchObject({
    now: '2026-11-22T09:00:00.000Z',
    team: { id: 'T0CORDON', name: 'Example Corp' },
    channels: [
      {
        id: channel,
        name: 'security-alerts',
        messages: [
          {
            ts,
            thread_ts: ts,
            user: 'U0CORDON',
            text: 'fallback 2',
            blocks: [{ type: 'section', block_id: expect.any(String), text: { text: 'card 2' } }],
            attachments: [],
            edited: true,
            reply_broadcast: false,
            replies: [
              { text: 'step', thread_ts: ts, reply_broadcast: false, replies: [] },
              { text: 'approve?', thread_ts: ts, reply_broadcast: true },
            ],
          },
          { text: 'approve?', thread_ts: ts, reply_broadcast: true, edited: false, replies: [] },
        ],
      },
    ],
    modals: [],
    ephemerals: [],
  });
});

test('shows the people who can be played, with their groups', () => {
  const state = createWorld().slack.state();
  expect(Object.keys(state)).toEqual([
    'now',
    'team',
    'users',
    'groups',
    'shortcuts',
    'channels',
    'modals',
    'homes',
    'canvases',
    'ephemerals',
  ]);
  expect(state['users']).toContainEqual({
    id: 'U0LEE',
    name: 'lee',
    real_name: 'Lee Chen',
    title: 'Responder and approver',
    team_id: 'T0CORDON',
    guest: false,
    groups: ['S0SECRESP', 'S0SECAPPR'],
  });
  expect(state['users']).toContainEqual(
    expect.objectContaining({ id: 'U0GUEST', guest: true, groups: ['S0SECAPPR'] }),
  );
  expect(JSON.stringify(state['users'])).not.toMatch(/U0GONE|U0CORDON/);
});

test('an ephemeral message is seen by its person only', async () => {
  const { client, slack } = createWorld();
  await client.chat.postEphemeral({ ...post, user: 'U0MARIA' });
  expect(slack.state('U0MARIA')['ephemerals']).toMatchObject([
    {
      id: expect.any(String),
      user: 'U0MARIA',
      channel,
      text: 'fallback',
      at: '2026-11-22T09:00:00.000Z',
    },
  ]);
  expect(slack.state('U0ANA')['ephemerals']).toEqual([]);
});

test('tells who somebody is: a guest, a stranger, one who left, the bot', async () => {
  const { client } = createWorld();
  const of = async (user: string) => (await client.users.info({ user })).user;
  expect(await of('U0GUEST')).toMatchObject({ is_restricted: true, team_id: 'T0CORDON' });
  expect(await of('U0STRANGER')).toMatchObject({ is_stranger: true, team_id: 'T0OTHER' });
  expect(await of('U0GONE')).toMatchObject({ deleted: true });
  expect(await of('U0CORDON')).toMatchObject({ is_bot: true });
  expect((await client.auth.test()).bot_id).toBe('B0CORDON');
  expect((await client.conversations.info({ channel })).channel).toMatchObject({
    is_ext_shared: false,
  });
});

test('lists a group, also after it was changed', async () => {
  const { client, slack } = createWorld();
  const members = async () =>
    (await client.usergroups.users.list({ usergroup: 'S0SECRESP' })).users;
  expect(await members()).toEqual(['U0MARIA', 'U0LEE']);
  slack.setGroup('S0SECRESP', ['U0LEE']);
  expect(await members()).toEqual(['U0LEE']);
});

test('finds a message by its metadata in the history, newest first', async () => {
  const { client } = createWorld();
  const metadata = { event_type: 'card', event_payload: { id: 'case-1', version: 1 } };
  const { ts } = await client.chat.postMessage({ ...post, metadata });
  await client.chat.postMessage({ channel, text: 'reply', thread_ts: ts ?? '' });
  await client.chat.postMessage({ channel, text: 'newer' });
  const history = await client.conversations.history({ channel, include_all_metadata: true });
  expect(history.messages?.map(({ text }) => text)).toEqual(['newer', 'fallback']);
  expect(history.messages?.[1]).toMatchObject({ ts, metadata });
  const since = await client.conversations.history({ channel, oldest: ts ?? '' });
  expect(since.messages?.map(({ text }) => text)).toEqual(['newer']);
});

test('gives a permalink', async () => {
  const { client } = createWorld();
  const { ts = '' } = await client.chat.postMessage(post);
  const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
  expect(permalink).toBe(
    `https://example-corp.slack.com/archives/${channel}/p${ts.replace('.', '')}`,
  );
});

type Client = ReturnType<typeof createWorld>['client'];
test.each<[string, string, (client: Client) => Promise<unknown>]>([
  [
    'an unknown channel',
    'channel_not_found',
    (client) => client.chat.postMessage({ channel: 'C0OTHER', text: 'x' }),
  ],
  [
    'an unknown message',
    'message_not_found',
    (client) => client.chat.update({ channel, ts: '1.000001', text: 'x' }),
  ],
  [
    'an unknown thread',
    'thread_not_found',
    (client) => client.chat.postMessage({ ...post, thread_ts: '1.000001' }),
  ],
  [
    'no text',
    'no_text',
    (client) => client.apiCall('chat.postMessage', { channel, blocks: [section('x')] }),
  ],
  [
    'a section of 3,001',
    'invalid_blocks',
    (client) => client.chat.postMessage({ ...post, blocks: [section('x'.repeat(3001))] }),
  ],
  [
    'an unknown block',
    'invalid_blocks',
    (client) => client.apiCall('chat.postMessage', { ...post, blocks: [{ type: 'nonsense' }] }),
  ],
  [
    'blocks that are no JSON',
    'invalid_arguments',
    (client) => client.apiCall('chat.postMessage', { ...post, blocks: '[' }),
  ],
  [
    'an ephemeral for nobody',
    'user_not_in_channel',
    (client) => client.chat.postEphemeral({ ...post, user: 'U0X' }),
  ],
  ['an unknown user', 'user_not_found', (client) => client.users.info({ user: 'U0X' })],
  [
    'an unknown group',
    'no_such_subteam',
    (client) => client.usergroups.users.list({ usergroup: 'S0X' }),
  ],
  [
    'a made-up trigger',
    'invalid_trigger_id',
    (client) => client.views.open({ trigger_id: '1.2.x', view: reasonModal() }),
  ],
  [
    'a view that is not there',
    'not_found',
    (client) => client.views.update({ view_id: 'V0', view: reasonModal() }),
  ],
  [
    'a view named twice',
    'invalid_arguments',
    (client) =>
      client.apiCall('views.update', { view_id: 'V0', external_id: 'x', view: reasonModal() }),
  ],
  [
    'a method that is not simulated',
    'unknown_method',
    (client) => client.apiCall('files.upload', {}),
  ],
])('refuses %s with %s', async (_, code, call) => {
  const { client, slack } = createWorld();
  expect(await codeOf(call(client))).toBe(code);
  expect(slack.calls().at(-1)).toMatchObject({ error: code });
  expect(slack.state()['channels']).toMatchObject([{ messages: [] }]);
});

test('names every wrong place of refused blocks', () => {
  const { slack } = createWorld();
  const params = {
    channel,
    text: 'x',
    blocks: [{ type: 'header', text: plain('x'.repeat(151)) }, { type: 'y' }],
  };
  const { body } = slack.handleApi({ method: 'chat.postMessage', params, token: slack.token });
  expect(body).toEqual({
    ok: false,
    error: 'invalid_blocks',
    errors: [
      '[ERROR] has 151 characters, at most 150 [json-pointer:/blocks/0/text/text]',
      '[ERROR] type y is not allowed as a block in a message [json-pointer:/blocks/1]',
    ],
    response_metadata: { messages: expect.any(Array) },
  });
});

test('demands the bot token, and never logs one', async () => {
  const { slack, client } = createWorld();
  expect(await codeOf(clientOf(slack, 'xoxb-wrong').chat.postMessage(post))).toBe('invalid_auth');
  expect(slack.handleApi({ method: 'auth.test', params: {}, token: undefined }).body['error']).toBe(
    'not_authed',
  );
  await client.chat.postMessage(post);
  expect(JSON.stringify(slack.calls())).not.toContain('xoxb');
  expect(slack.calls().map(({ n, method, error }) => [n, method, error])).toEqual([
    [1, 'chat.postMessage', 'invalid_auth'],
    [2, 'auth.test', 'not_authed'],
    [3, 'chat.postMessage', undefined],
  ]);
});

test('publishes a home tab and refuses one drawn over a newer one', async () => {
  const { client } = createWorld();
  const view = { type: 'home' as const, blocks: [section('home')] };
  const first = await client.views.publish({ user_id: 'U0LEE', view });
  expect(
    await codeOf(client.views.publish({ user_id: 'U0LEE', view, hash: first.view?.hash ?? '' })),
  ).toBe('ok');
  expect(
    await codeOf(client.views.publish({ user_id: 'U0LEE', view, hash: first.view?.hash ?? '' })),
  ).toBe('hash_conflict');
});

test('serves nothing but the Web API, and the response_urls that it gave', async () => {
  const { slack } = createWorld();
  await expect(slack.fetch('https://files.slack.com/x')).rejects.toThrow(
    'does not serve https://files.slack.com/x',
  );
  const unknown = { method: 'POST', body: '{}' };
  expect((await slack.fetch('https://hooks.slack.com/actions/x', unknown)).status).toBe(404);
});

test('fails on purpose: an error and a throttle do nothing, a lost answer was done, a count runs out', async () => {
  const { client, slack } = createWorld();
  const posted = () => slack.calls().filter(({ error }) => error === undefined).length;
  slack.faults.add({ method: 'chat.postMessage', kind: 'error', count: 1 });
  slack.faults.add({ method: '*', kind: 'throttle', count: 1, delayMs: 30_000 });
  slack.faults.add({ method: 'chat.postMessage', kind: 'timeout', count: 1 });
  expect(await codeOf(client.chat.postMessage(post))).toBe('fatal_error');
  const limited = await client.chat.postMessage(post).catch((error: unknown) => error);
  expect(limited).toMatchObject({ retryAfter: 30 });
  expect(posted()).toBe(0);
  expect(await codeOf(client.chat.postMessage(post))).not.toBe('ok');
  expect(posted()).toBe(1);
  expect(slack.faults.list()).toEqual([]);
  expect(await codeOf(client.chat.postMessage(post))).toBe('ok');
  slack.faults.add({ method: '*', kind: 'error' });
  expect(await codeOf(client.auth.test())).toBe('fatal_error');
  expect(await codeOf(client.auth.test())).toBe('fatal_error');
  slack.faults.clear();
  expect(await codeOf(client.auth.test())).toBe('ok');
});

test('delays an answer, and gives up when the caller does', async () => {
  const { slack } = createWorld();
  slack.faults.add({ method: 'auth.test', kind: 'delay', delayMs: 60_000 });
  const request = slack.fetch('https://slack.com/api/auth.test', {
    method: 'POST',
    body: '',
    signal: AbortSignal.timeout(10),
  });
  await expect(request).rejects.toThrow();
});

test('counts pings: posts by mention or group, each once a person, edits never', async () => {
  const { client, slack } = createWorld();
  const { ts = '' } = await client.chat.postMessage({
    channel,
    text: '<!subteam^S0SECRESP> <@U0MARIA>',
    blocks: [
      section('<!subteam^S0SECRESP|oncall>'),
      { type: 'actions', elements: [button('a', '<@U0ANA>')] },
    ],
  });
  await client.chat.postMessage({
    channel,
    text: 'x',
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'user', user_id: 'U0ANA' },
              { type: 'text', text: '<@U0LEE>' },
            ],
          },
        ],
      },
    ],
  });
  await client.chat.update({ channel, ts, text: '<@U0NOBODY>' });
  const of = (...users: readonly string[]) => users.map((user) => slack.pings(user));
  expect(of('U0MARIA', 'U0LEE', 'U0ANA', 'U0NOBODY')).toEqual([1, 1, 1, 0]);
  await client.chat.postMessage({ channel, text: '<!channel>' });
  expect(of('U0MARIA', 'U0NOBODY', 'U0GONE', 'U0CORDON')).toEqual([2, 1, 0, 0]);
});
