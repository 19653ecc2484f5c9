/** Canvases as docs.slack.dev describes them, through Slack's own client. */
import { expect, test } from 'vitest';
import { createSlackWorkspace } from '../../../src/local/slack/workspace.ts';
import { channel, clientOf, codeOf, createWorld } from './client.ts';

const content = (markdown: string) => ({ type: 'markdown' as const, markdown });

test('a canvas is made, shared with a channel, and written in by its people', async () => {
  const { client, slack } = createWorld();
  const { canvas_id: id = '' } = await client.canvases.create({
    title: 'Review',
    document_content: content('# Ours'),
  });
  const write = () => slack.writeCanvas({ user: 'U0LEE', canvas: id, markdown: '# Theirs' });
  expect(write).toThrow('may not write');
  const access = { canvas_id: id, access_level: 'write' as const };
  await client.canvases.access.set({ ...access, channel_ids: [channel] });
  await client.canvases.access.set({ ...access, channel_ids: [channel] });
  write();
  expect(slack.canvases()).toEqual([
    { id, title: 'Review', markdown: '# Theirs', writers: [channel], written: ['U0LEE'] },
  ]);
  expect(slack.state()['canvases']).toEqual(slack.canvases());
});

test('what Slack would not take is refused by its own name', async () => {
  const { client, slack } = createWorld();
  const { canvases } = client;
  const deep = canvases.create({ document_content: content('#### Too deep') });
  const channels: [string] = [channel];
  const access = { access_level: 'write' as const, channel_ids: channels };
  const { canvas_id: id = '' } = await canvases.create({});
  const codes = await Promise.all([
    codeOf(deep),
    codeOf(canvases.access.set({ ...access, canvas_id: 'F0NONE' })),
    codeOf(canvases.access.set({ ...access, canvas_id: id, channel_ids: ['C0NONE'] })),
    codeOf(canvases.access.set({ canvas_id: id, access_level: 'write' })),
  ]);
  expect(codes).toEqual([
    'canvas_creation_failed',
    'canvas_not_found',
    'channel_not_found',
    'invalid_parameters',
  ]);
  expect(() => slack.writeCanvas({ user: 'U0LEE', canvas: 'F0NONE', markdown: '' })).toThrow(
    'no canvas',
  );
});

test('a token without the scope can make and share none', async () => {
  const slack = createSlackWorkspace({ now: () => 0, scopes: ['chat:write'] });
  const { canvases } = clientOf(slack, slack.token);
  expect(await codeOf(canvases.create({}))).toBe('missing_scope');
  expect(
    await codeOf(
      canvases.access.set({ canvas_id: 'F1', access_level: 'write', channel_ids: [channel] }),
    ),
  ).toBe('missing_scope');
});
