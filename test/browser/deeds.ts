/** What people do on the page for a picture: ask, approve, undo, each until the screen says so. */
import type { Reader } from './reader.ts';

export const isolate = '[data-action-id="plan:isolate-instance"]';

/** Maria opens the plan and gives a reason; it is not submitted yet. */
export const ask = async (reader: Reader): Promise<void> => {
  await reader.playAs('U0MARIA');
  await reader.channel().locator(isolate).first().click();
  await reader.modal().getByText('What changes').waitFor();
  await reader.modal().getByRole('radio', { name: 'Suspected attack' }).check();
  await reader.modal().getByRole('textbox').fill('INC-4211, payments team is told');
};

/** Ana approves; `until` is what the thread says in the end. */
export const approve = async (reader: Reader, until = 'Contained and verified'): Promise<void> => {
  await reader.playAs('U0ANA');
  await reader.openThread();
  await reader.thread().locator('[data-action-id=approve]').click();
  await reader.thread().getByText(until).first().waitFor();
};

/** Maria opens the plan of the undo. */
export const undo = async (reader: Reader): Promise<void> => {
  await reader.playAs('U0MARIA');
  await reader.thread().locator('[data-action-id=undo]').click();
  await reader.modal().getByText('What changes').waitFor();
};
