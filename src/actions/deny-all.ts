/**
 * AWS's own managed policy that denies everything: the one policy that Cordon may attach to a user,
 * or set as a boundary.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
 */
export const denyAllArn = 'arn:aws:iam::aws:policy/AWSDenyAll';
