/** Names of the variables that hold the data sources, and the data sources that compose provisions. */
export const datasources = {
  prometheus: {
    type: 'prometheus',
    variable: 'prometheus_datasource',
    uid: 'prometheus',
    title: 'Prometheus',
  },
  jaeger: { type: 'jaeger', variable: 'jaeger_datasource', uid: 'jaeger', title: 'Jaeger' },
} as const;
export type DatasourceType = keyof typeof datasources;

export function datasource(type: DatasourceType): { readonly type: string; readonly uid: string } {
  return { type, uid: `\${${datasources[type].variable}}` };
}
