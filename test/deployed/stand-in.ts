/** Calls that moto does not know and that a story cannot do without, answered in its place. */

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';

const answers: Readonly<Record<string, (asked: URLSearchParams) => string>> = {
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleScreenshot.html
  'ec2:GetConsoleScreenshot': (asked) =>
    `<GetConsoleScreenshotResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instanceId>${asked.get('InstanceId')}</instanceId><imageData>${pixel}</imageData></GetConsoleScreenshotResponse>`,
};

/** What the lane prints. */
export const stoodIn: readonly string[] = Object.keys(answers).map(
  (action) => `by hand: ${action}, which moto does not know`,
);

/** `action` as IAM calls it, `body` as the query protocol sends it. */
export const standIn = (action: string, body: string): Response | undefined => {
  const answer = answers[action];
  return answer && new Response(answer(new URLSearchParams(body)), { status: 200 });
};
