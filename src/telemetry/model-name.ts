/** Model without its path: `models/m` and `projects/…/publishers/google/models/m` are both `m`. */
export function modelName(resource: string | undefined): string | undefined {
  if (resource === undefined) return undefined;
  return resource.slice(resource.lastIndexOf('/') + 1) || undefined;
}
