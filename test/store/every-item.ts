/**
 * A play in which Cordon writes each kind of item that it has, and stops in the middle of things: a change that is half
 * done, a message that Slack did not take. `written.test.ts` keeps what is in the tables then.
 */
import { config as example } from '../../cordon.config.ts';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { groups } from '../stories/acts.ts';
import { settings } from '../stories/automation-acts.ts';
import { interference } from '../stories/interference.ts';
import { type Play, people, play } from '../stories/play.ts';
import { confirm, twoApprovers } from '../stories/step-up-page.ts';

/** An occasion for everything: an approval of each tier, what runs by itself, a game day, a digest, an organisation. */
const config = {
  ...settings([
    {
      id: 'buckets',
      on: ['bucket-public', 'bucket-opened'],
      mode: 'auto',
      action: 'block-public-access',
    },
  ]),
  tiers: { 'deactivate-access-key': 3, 'revoke-world-open-ingress': 2 },
  stepUp: {},
  deployment: { ...example.deployment, organization: 'o-exampleorgid' },
  digest: { ...example.digest, at: '10:10', timeZone: 'UTC' },
  drills: {
    ...example.drills,
    twists: [],
    schedule: [
      {
        id: 'weekly',
        weekday: 'Tue',
        at: '10:10',
        timeZone: 'UTC',
        scenarios: ['public-bucket'],
        people: { groups: ['S0SECRESP'] },
      },
    ],
  },
} as const;

type Act = (stage: Play) => Promise<unknown>;

/** The last message of any thread with this control. */
export const asking = (stage: Play, control: string, about = /./) => {
  const found = stage
    .cards()
    .flatMap(({ replies }) => replies)
    .filter((message) => stage.controls(message).includes(control))
    .findLast((message) => about.test(stage.says(message)));
  if (!found) throw new Error(`no message with ${control}`);
  return found;
};

const last = (stage: Play) => stage.cards().at(-1);

/** A key, two approvers, one of whom confirmed with a passkey that is revoked since; somebody was refused. */
const voted: Act = async (stage) => {
  const { ana } = await twoApprovers(stage);
  await stage.scenario('leaked-key');
  await stage.press(people.guest, 'acknowledge');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', asking(stage, 'approve'));
  await confirm(stage, people.ana, ana);
  await stage.command(people.ana, `passkey remove ${ana.id.slice(0, 8)}`);
};

const questions: Act = async (stage) => {
  await stage.command(people.maria, 'posture');
  await stage.openHome(people.maria);
  await stage.command(people.maria, 'cases');
  await stage.command(people.maria, `evidence ${stage.caseIdOn(stage.card())}`);
  await stage.command(people.maria, 'automation off a look');
  await stage.command(people.ana, 'automation on');
  await stage.shortcut(people.maria, 'add-to-case', stage.card());
};

/** What hid a resource was ended by hand; what hides one finding is in force. */
const suppressed: Act = async (stage) => {
  await stage.scenario('port-scan');
  await stage.press(people.maria, 'plan:suppress-finding', last(stage));
  await stage.submit(people.maria, 'expected', {
    days: { days: '7' },
    scope: { scope: 'resource' },
  });
  await stage.press(people.ana, 'approve', asking(stage, 'approve'));
  await stage.command(people.maria, 'suppressions');
  const [id = ''] = /\bS[0-9A-F]{24}\b/.exec(stage.told(people.maria)) ?? [];
  await stage.command(people.lee, `suppressions end ${id} the scanner is gone`);
  await stage.world.advance(60);
  const elsewhere = {
    ...portScan,
    id: 'a'.repeat(32),
    resource: { resourceType: 'Instance', instanceDetails: { instanceId: 'i-0aaaaaaaaaaaaaaaa' } },
  };
  await stage.world.events([guardDutyEvent(elsewhere, stage.world.clock.now())]);
  await stage.press(people.maria, 'plan:suppress-finding', last(stage));
  await stage.submit(people.maria, 'expected', {
    days: { days: '7' },
    scope: { scope: 'resource' },
  });
  await stage.press(people.ana, 'approve', asking(stage, 'approve'));
};

/** By a rule of its own: contained, and waits for its review. */
const automatic: Act = (stage) => stage.scenario('public-bucket');

const resolved: Act = async (stage) => {
  await stage.scenario('open-group');
  await stage.press(people.maria, 'acknowledge', last(stage));
  await stage.press(people.maria, 'resolve', last(stage));
  await stage.fill(people.maria, { classification: 'true-positive', note: 'It was back' });
  await stage.leap(60);
  await stage.leap(60);
  await stage.press(people.maria, 'follow-up', asking(stage, 'follow-up'));
  await stage.fill(people.maria, { task: 'Alarm on it', owner: people.lee, due: '2026-12-01' });
};

const drill: Act = async (stage) => {
  await stage.command(people.maria, 'drill public-bucket @lee');
  await stage.press(people.maria, 'plan:block-public-access', last(stage));
  await stage.submit(people.maria, 'confirmed');
};

/** Killed when one of its two interfaces is cut off, whoever tries again; nothing new reaches Slack. */
const halfDone =
  (from: { begin(): void }): Act =>
  async (stage) => {
    await stage.leap(24 * 3600);
    await stage.world.advance(60);
    await stage.scenario('compromised-server');
    await stage.world.advance(5);
    await stage.press(people.maria, 'plan:isolate-instance', last(stage));
    await stage.submit(people.maria, 'confirmed');
    await stage.world.advance(10);
    from.begin();
    for (const method of ['chat.postMessage', 'chat.update'])
      stage.world.slack.faults.add({ method, kind: 'error' });
    await stage.press(people.ana, 'approve', asking(stage, 'approve'));
    await stage.leap(600);
  };

export interface EveryItem extends Play {
  /** The security groups of the server before anything was changed. */
  readonly baseline: ReturnType<typeof groups>;
  /** Slack and the executor work again. */
  heal(): void;
}

export const everyItem = async (): Promise<EveryItem> => {
  let dying = false;
  let changes = 0;
  const interfering = interference(({ operation }) => {
    if (!dying || operation !== 'ModifyNetworkInterfaceAttribute') return false;
    changes += 1;
    return changes > 3;
  });
  const stage = await play({ config, wrap: interfering.wrap });
  interfering.install(stage.world);
  const begin = (): void => {
    dying = true;
  };
  const baseline = groups(stage);
  const acts = [voted, questions, suppressed, automatic, resolved, drill, halfDone({ begin })];
  for (const act of acts) await act(stage);
  return {
    ...stage,
    baseline,
    heal() {
      dying = false;
      stage.world.slack.faults.clear();
    },
  };
};
