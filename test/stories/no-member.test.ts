/** `/cordon` is heard in every channel of the workspace, also where Cordon was never invited. */
import { afterEach, expect, test } from 'vitest';
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { type Play, people, play } from './play.ts';
import { channel } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const calls = (method: string) =>
  stage.world.slack.calls().filter((call) => call.method === method);

test('a command is answered where Cordon is no member, to whoever asked alone', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  stage.world.slack.setMember(channel, false);
  await stage.command(people.maria, 'cases');
  expect(calls('chat.postEphemeral').map(({ error }) => error)).toEqual(['not_in_channel']);
  expect(stage.told(people.maria)).toContain('Server is talking to an attacker');
  await stage.command(people.nobody, 'cases');
  expect(stage.told(people.nobody)).toContain('You are not');
  expect(await stage.refusals()).toHaveLength(1);
  await stage.curtain();
});

test('an answer goes to no other address than Slack’s', async () => {
  stage = await play();
  stage.world.slack.setMember(channel, false);
  const sent = stage.world.slack.command({ user: people.maria, channel, text: 'whoami' });
  const form = new URLSearchParams(Buffer.from(sent.event.body ?? '', 'base64').toString('utf8'));
  form.set('response_url', 'https://hooks.slack.com.example.com/commands/T0CORDON/1');
  await stage.world.gesture({
    event: toGatewayEvent({
      body: form.toString(),
      signingSecret: stage.world.slack.signingSecret,
      now: stage.world.clock.now(),
    }),
    settle: ({ statusCode }) => ({ status: statusCode ?? 200, body: '' }),
  });
  expect(calls('chat.postEphemeral').map(({ error }) => error)).toEqual(['not_in_channel']);
  expect(stage.told(people.maria)).toBe('');
});
