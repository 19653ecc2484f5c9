/** AWS says by an error's name that something is not there; every other error is thrown. */
export const unlessNamed = async <T>(
  names: readonly string[],
  answer: Promise<T>,
): Promise<T | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
};
