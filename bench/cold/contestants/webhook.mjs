/** A finding straight to a webhook, as the smallest functions of this kind do it: nothing is kept. */
export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const { account, region, detail } = JSON.parse(body);
    const text = `*${detail.type}* (severity ${detail.severity}) in ${account} ${region}\n${detail.title}`;
    const answer = await fetch(process.env.WEBHOOK_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
  }
};
