/**
 * A function behind a custom resource of the organisation baseline. Each run reads first and writes only what is not
 * yet so, which makes a second one harmless. What is deleted stays switched on.
 */
import type { Asked } from './asked.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Signed: whoever has it can answer. Never logged. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly ResourceProperties: Asked;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly Data?: { readonly LeftOut: string };
}

interface Context {
  getRemainingTimeInMillis(): number;
}

/** Before Lambda ends the function: time enough to answer. */
const reserveMs = 15_000;

/** An answer may have 4,096 bytes, and a character four of them. */
const shortened = (text: string): string => (text.length > 800 ? `${text.slice(0, 800)}…` : text);

const failed = (because: string): Answer => ({
  Status: 'FAILED',
  Reason: `${shortened(because)}. What is on stays on. See docs/install.md, "An organisation", mend it and deploy again: it goes on from there.`,
});

const tell = async (url: string, body: string): Promise<void> => {
  // The address is signed for no content type.
  const { ok, status } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
  if (!ok) throw new Error(`CloudFormation's address answers ${status}`);
};

const answerOf = async (
  run: (asked: Asked) => Promise<readonly string[]>,
  { RequestType, ResourceProperties }: CustomResourceEvent,
): Promise<Answer> => {
  if (RequestType === 'Delete') return { Status: 'SUCCESS' };
  const left = await run(ResourceProperties);
  return { Status: 'SUCCESS', Data: { LeftOut: shortened(left.join('; ')) || 'nothing' } };
};

/**
 * Always answers CloudFormation; throws only when it cannot be reached, and is then run again by Lambda. `run`
 * answers what AWS would not do, in words.
 */
export const answering =
  (service: string, run: (asked: Asked) => Promise<readonly string[]>) =>
  async (event: CustomResourceEvent, context: Context): Promise<void> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Answer>((resolve) => {
      timer = setTimeout(
        () => resolve(failed(`${service} for all accounts: there was no time left`)),
        context.getRemainingTimeInMillis() - reserveMs,
      );
    });
    const answer = await Promise.race([
      answerOf(run, event).catch(({ name, message }) =>
        failed(`${service} for all accounts: ${name}: ${message}`),
      ),
      late,
    ]);
    clearTimeout(timer);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    const PhysicalResourceId = `cordon-${service}`;
    await tell(
      event.ResponseURL,
      JSON.stringify({ StackId, RequestId, LogicalResourceId, PhysicalResourceId, ...answer }),
    );
  };
