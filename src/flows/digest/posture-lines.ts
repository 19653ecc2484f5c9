/** What the digest says of the posture. */

export const postureLines = async (): Promise<readonly string[]> => ['Not read yet.'];
