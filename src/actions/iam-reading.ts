/** What every action on IAM needs to read: answers in pages, and things that are not there. */

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'NoSuchEntityException';

/** Undefined when what is asked for does not exist; every other error is thrown. */
export const unlessMissing = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

interface IamPage {
  readonly Marker?: string | undefined;
  readonly IsTruncated?: boolean | undefined;
}

/** Every page: IAM may cut a list short at any length and say so by `IsTruncated`. */
export const allPages = async <P extends IamPage>(
  read: (from: { readonly Marker?: string }) => Promise<P>,
): Promise<readonly P[]> => {
  const pages: P[] = [];
  let marker: string | undefined;
  do {
    const page = await read(marker ? { Marker: marker } : {});
    pages.push(page);
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker);
  return pages;
};
