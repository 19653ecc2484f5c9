/** What the configuration can add to an isolated instance: commands as evidence, the transition group, its address. */
import { afterEach, expect, test } from 'vitest';
import { elastic, putElastic } from '../actions/example-network.ts';
import { commands, putDocument } from '../actions/lives/instances.ts';
import { first, groups } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const place = () => stage.world.aws.partition('123456789012', 'eu-west-1');
const address = () => place().network.addresses.get(elastic.id)?.association?.privateIp;
const names = () => groups(stage).map((ids) => ids.map((id) => place().groups.get(id)?.name));

test('its processes are kept, then its open connections end with the swap, and undo brings its address back', async () => {
  stage = await play({
    config: {
      evidence: { commands, from: 'off', casesPerHour: 20, network: {} },
      isolation: { disassociateAddress: true, transitionGroup: true },
    },
  });
  putElastic(stage.world.aws);
  putDocument(stage.world.aws);
  const { connections } = place().network;
  const shell = { interface: first, peer: '203.0.113.9', tracked: true };
  connections.set('reverse shell', { ...shell, id: 'reverse shell', everySeconds: 2 });
  connections.set('through NAT', { ...shell, id: 'through NAT', always: true });
  await stage.scenario('compromised-server');
  const before = groups(stage);

  const control = 'plan:capture-volatile-evidence';
  if (stage.controls(stage.card()).includes(control)) await stage.press(people.maria, control);
  else await stage.choose(people.maria, 'Capture what it shows');
  expect(stage.told(people.maria)).toContain(commands.join(' · '));
  await stage.submit(people.maria, 'confirmed');
  expect(stage.cardSays()).not.toContain('*Done*, verified');
  await stage.world.advance(10);
  expect(stage.cardSays()).toContain('*Done*, verified');
  const sent = stage.world.aws.calls.filter(({ operation }) => operation === 'SendCommand');
  expect(sent.map((call) => call.function)).toEqual(['executor']);

  await stage.press(people.maria, 'plan:isolate-instance');
  expect(stage.told(people.maria)).toContain('lets everybody reach it');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(names()).toEqual([['cordon-quarantine'], ['cordon-quarantine']]);
  expect([...connections.keys()]).toEqual(['through NAT']);
  expect(address()).toBeUndefined();
  expect([...place().groups.values()].map(({ name }) => name)).not.toContain('cordon-transition');

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(groups(stage)).toEqual(before);
  expect(address()).toBe('10.0.1.18');
  expect((await stage.requestAudits()).map((entries) => entries.at(-1))).toEqual([
    'request.contained',
    'containment.ended',
    'request.undone',
  ]);
  await stage.curtain();
});
