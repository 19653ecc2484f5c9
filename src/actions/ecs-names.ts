/** Tasks and services of ECS are named by their cluster and their own id: `shop/0123abcd`. */
export interface InCluster {
  readonly cluster: string;
  readonly name: string;
}

/** Undefined for what is no `cluster/name`. */
export const inCluster = (id: string): InCluster | undefined => {
  const [, cluster, name] = /^([\w-]{1,255})\/([\w-]{1,255})$/.exec(id) ?? [];
  return cluster && name ? { cluster, name } : undefined;
};
