/** What people do with a playbook, for the stories about it. */
import { type Play, people } from './play.ts';

/** Plans the playbook that the card recommends and asks for it; answers what its plan said. */
const askFor = async (stage: Play, playbook: string): Promise<string> => {
  await stage.press(people.maria, `plan:${playbook}`);
  const plan = stage.told(people.maria);
  await stage.submit(people.maria, 'confirmed');
  return plan;
};

/** Asked for by Maria, approved by Ana where it needs that. */
export const run = async (stage: Play, playbook: string): Promise<string> => {
  const plan = await askFor(stage, playbook);
  const waiting = stage.thread().findLast((one) => stage.controls(one).includes('approve'));
  if (waiting) await stage.press(people.ana, 'approve', waiting);
  return plan;
};

/** What the card of the request says now. */
export const requestSays = (stage: Play): string =>
  stage.threadSays().find((text) => text.includes('Asked by')) ?? '';

/** IAM and slow services take their time; moves it until a person or nobody is needed. */
export const settle = async (stage: Play, seconds = 600): Promise<void> => {
  for (let waited = 0; waited < seconds; waited += 15) {
    if (!/running\*|approved\*/.test(requestSays(stage))) return;
    await stage.world.advance(15);
  }
};

const turn = (stage: Play): boolean => requestSays(stage).includes('A person’s turn');

/** Ticks every manual step, one after the other. */
export const doTheRest = async (stage: Play, user = people.lee): Promise<void> => {
  await settle(stage);
  for (let ticks = 0; ticks < 12 && turn(stage); ticks += 1) {
    await stage.press(user, 'step-done', stage.withControl('step-done'));
    await settle(stage);
  }
};

/** Presses Skip… and gives the reason. */
export const skip = async (stage: Play, why: string): Promise<void> => {
  await stage.press(people.lee, 'step-skip', stage.withControl('step-skip'));
  await stage.fill(people.lee, { why });
  await settle(stage);
};

/** Undoes the whole, with an approval where it needs one. */
export const undoAll = async (stage: Play): Promise<void> => {
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  const waiting = stage.thread().findLast((one) => stage.controls(one).includes('approve'));
  if (waiting) await stage.press(people.ana, 'approve', waiting);
  for (
    let waited = 0;
    waited < 600 && !/\*(Undone|Undo rehearsed|Undo failed)\*/.test(stage.cardSays());
    waited += 15
  )
    await stage.world.advance(15);
};
