/**
 * What the rest of the code needs to know of any AWS SDK v3 client, so that the local world can
 * attach itself to every client without knowing each by name.
 */
export interface SdkClient {
  readonly config: {
    region(): Promise<string>;
    credentials(): Promise<{ readonly accessKeyId: string }>;
  };
  readonly middlewareStack: {
    add(middleware: never, options: never): void;
    remove(name: never): boolean;
    identify(): readonly string[];
  };
}

/** Called once for each client, before its first call. `service` is the IAM prefix: `ec2`, `sts`. */
export type OnClient = (client: SdkClient, service: string) => void;
