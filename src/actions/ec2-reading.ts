/** What every action on EC2 needs to read: answers in pages. */

interface Ec2Page {
  readonly NextToken?: string | undefined;
}

/** Every page: EC2 may cut a list short at any length, and says so by a token. */
export const everyPage = async <P extends Ec2Page>(
  read: (from: { readonly NextToken?: string }) => Promise<P>,
): Promise<readonly P[]> => {
  const pages: P[] = [];
  let next: string | undefined;
  do {
    const page = await read(next ? { NextToken: next } : {});
    pages.push(page);
    next = page.NextToken;
  } while (next);
  return pages;
};
