/** Transformations and field options of a panel, applied as Grafana applies them. */
import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  type DataFrame,
  displayNameOverrideProcessor,
  type Field,
  FieldConfigOptionsRegistry,
  type FieldConfigPropertyItem,
  type FieldConfigSource,
  FieldType,
  type GrafanaTheme2,
  type InterpolateFunction,
  identityOverrideProcessor,
  standardTransformers,
  standardTransformersRegistry,
  thresholdsOverrideProcessor,
  transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import type { DashboardPanel } from './drawing.ts';

/** Without the deprecated names of some. */
const transformers = new Map(Object.values(standardTransformers).map((info) => [info.id, info]));

standardTransformersRegistry.setInit(() =>
  [...transformers.values()].map((info) => ({
    id: info.id,
    name: info.name,
    transformation: () => Promise.resolve(info),
    editor: () => null,
    imageDark: '',
    imageLight: '',
  })),
);

/** What a panel of Grafana has before its JSON says anything: its plugin's defaults. */
const defaults: Readonly<
  Record<string, { readonly color?: object; readonly custom: Readonly<Record<string, unknown>> }>
> = {
  timeseries: {
    color: { mode: 'palette-classic' },
    custom: {
      drawStyle: 'line',
      lineInterpolation: 'linear',
      lineWidth: 1,
      fillOpacity: 0,
      gradientMode: 'none',
      barAlignment: 0,
      barWidthFactor: 0.6,
      stacking: { mode: 'none', group: 'A' },
      axisGridShow: true,
      axisCenteredZero: false,
      axisBorderShow: false,
      axisPlacement: 'auto',
      showPoints: 'auto',
      showValues: false,
      pointSize: 5,
      spanNulls: false,
      insertNulls: false,
    },
  },
  barchart: { color: { mode: 'palette-classic' }, custom: { lineWidth: 1, fillOpacity: 80 } },
  table: { custom: { align: 'auto', inspect: false, cellOptions: { type: 'auto' } } },
};

/** Defaults of every field, whatever the panel. */
const thresholds = {
  mode: 'absolute',
  steps: [
    { value: Number.NEGATIVE_INFINITY, color: 'green' },
    { value: 80, color: 'red' },
  ],
};

const standardOptions = ['unit', 'min', 'max', 'decimals', 'noValue', 'mappings', 'links', 'color'] as const;
const customOptions = [
  ...new Set([
    ...Object.values(defaults).flatMap(({ custom }) => Object.keys(custom)),
    'hideFrom',
    'width',
    'minWidth',
  ]),
];

const registry = new FieldConfigOptionsRegistry(() => [
  ...standardOptions.map((id) => option(id)),
  {
    ...option('displayName'),
    process: displayNameOverrideProcessor,
    settings: { expandTemplateVars: true },
  },
  { ...option('axisLabel', true), shouldApply: ({ type }) => type === FieldType.number },
  { ...option('thresholds'), process: thresholdsOverrideProcessor },
  ...customOptions.map((id) => option(id, true)),
]);

function option(path: string, isCustom = false): FieldConfigPropertyItem {
  return {
    id: isCustom ? `custom.${path}` : path,
    path,
    name: path,
    isCustom,
    process: identityOverrideProcessor,
    shouldApply: () => true,
    editor: () => null,
    override: () => null,
  };
}

/** The frames that the panel draws. */
export async function prepare(
  { type, transformations = [], fieldConfig }: DashboardPanel,
  frames: DataFrame[],
  theme: GrafanaTheme2,
): Promise<DataFrame[]> {
  const transformed = await lastValueFrom(transformDataFrame([...transformations], frames));
  const drawn = applyFieldOverrides({
    data: transformed,
    fieldConfig: withDefaults(type, fieldConfig),
    fieldConfigRegistry: registry,
    replaceVariables: fillLabels,
    theme,
    timeZone: 'utc',
  });
  // Tables read them from there.
  cacheFieldDisplayNames(drawn);
  return drawn;
}

export function withDefaults(type: string, own: DashboardPanel['fieldConfig']): FieldConfigSource {
  const { color, custom } = defaults[type] ?? { custom: {} };
  const given = (own?.defaults ?? {}) as FieldConfigSource['defaults'];
  return {
    defaults: { thresholds, ...(color && { color }), ...given, custom: { ...custom, ...given.custom } },
    overrides: own?.overrides ?? [],
  } as FieldConfigSource;
}

/** Of Grafana's variables those that names of fields use: the labels of a series. */
export const fillLabels: InterpolateFunction = (text = '', scopedVars) => {
  const field = scopedVars?.__dataContext?.value?.field as Field | undefined;
  return text.replace(
    /\$\{__field\.labels\.(\w+)\}/g,
    (_match, label: string) => field?.labels?.[label] ?? '',
  );
};
