/** Stat and bar gauge: the numbers of a panel, one beside or below the other. What Grafana's two plugins hand on. */
import {
  type DataFrame,
  type FieldConfigSource,
  type FieldDisplay,
  type GrafanaTheme2,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  type ReduceDataOptions,
  type VizOrientation,
} from '@grafana/data';
import type { BarGaugeNamePlacement, BarGaugeValueMode, VizTextDisplayOptions } from '@grafana/schema';
import {
  BarGauge,
  type BarGaugeDisplayMode,
  BigValue,
  type BigValueColorMode,
  type BigValueGraphMode,
  type BigValueJustifyMode,
  type BigValueTextMode,
  VizRepeater,
} from '@grafana/ui';
import type { ReactNode } from 'react';
import { fillLabels } from './fields.ts';

interface Options {
  readonly reduceOptions: ReduceDataOptions;
  readonly orientation: VizOrientation;
  readonly text?: VizTextDisplayOptions;
}

export interface StatOptions extends Options {
  readonly colorMode: BigValueColorMode;
  readonly graphMode: BigValueGraphMode;
  readonly justifyMode: BigValueJustifyMode;
  readonly textMode: BigValueTextMode;
  readonly wideLayout: boolean;
}

export interface BarGaugeOptions extends Options {
  readonly displayMode: BarGaugeDisplayMode;
  readonly valueMode: BarGaugeValueMode;
  readonly namePlacement: BarGaugeNamePlacement;
  readonly showUnfilled: boolean;
  readonly sizing: 'auto' | 'manual';
  readonly minVizWidth: number;
  readonly minVizHeight: number;
  readonly maxVizHeight: number;
}

interface Props<Kind> {
  readonly frames: DataFrame[];
  readonly fieldConfig: FieldConfigSource;
  readonly options: Kind;
  readonly theme: GrafanaTheme2;
  readonly width: number;
  readonly height: number;
}

export function Stats(props: Props<StatOptions>): ReactNode {
  const { options, theme, width, height } = props;
  return (
    <VizRepeater
      source={props.frames}
      getValues={() => valuesOf(props)}
      getAlignmentFactors={alignment}
      orientation={options.orientation}
      autoGrid
      renderCounter={0}
      width={width}
      height={height}
      renderValue={({ value, width, height, count, alignmentFactors }) => (
        <BigValue
          value={value.display}
          count={count}
          colorMode={options.colorMode}
          graphMode={options.graphMode}
          justifyMode={options.justifyMode}
          textMode={options.textMode}
          disableWideLayout={!options.wideLayout}
          alignmentFactors={count > 1 ? alignmentFactors : undefined}
          text={options.text}
          theme={theme}
          width={width}
          height={height}
        />
      )}
    />
  );
}

const itemSpacing = 10;
/** What the sizes are where the panel leaves them to Grafana. */
const automatic = { minVizWidth: 8, minVizHeight: 16, maxVizHeight: 300 };

export function BarGauges(props: Props<BarGaugeOptions>): ReactNode {
  const { options, theme, width, height } = props;
  const { minVizWidth, minVizHeight, maxVizHeight } = options.sizing === 'auto' ? automatic : options;
  return (
    <VizRepeater
      source={props.frames}
      getValues={() => valuesOf(props)}
      getAlignmentFactors={alignment}
      orientation={options.orientation}
      itemSpacing={itemSpacing}
      minVizWidth={minVizWidth}
      minVizHeight={minVizHeight}
      maxVizHeight={maxVizHeight}
      renderCounter={0}
      width={width}
      height={height}
      renderValue={({ value, width, height: own, count, alignmentFactors }) => (
        <BarGauge
          // As Grafana: one bar alone has no name, unless the panel says what it is called.
          value={
            count === 1 && !value.field.displayName ? { ...value.display, title: undefined } : value.display
          }
          field={value.field}
          display={value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)}
          orientation={options.orientation}
          displayMode={options.displayMode}
          valueDisplayMode={options.valueMode}
          namePlacement={options.namePlacement}
          showUnfilled={options.showUnfilled}
          text={options.text}
          itemSpacing={itemSpacing}
          alignmentFactors={count > 1 ? alignmentFactors : undefined}
          isOverflow={(own + itemSpacing) * count - itemSpacing > height}
          theme={theme}
          width={width}
          height={own}
        />
      )}
    />
  );
}

function valuesOf({ frames, fieldConfig, options, theme }: Props<Options>): FieldDisplay[] {
  return getFieldDisplayValues({
    data: frames,
    fieldConfig,
    reduceOptions: options.reduceOptions,
    replaceVariables: fillLabels,
    theme,
    timeZone: 'utc',
  });
}

function alignment(values: FieldDisplay[]) {
  return getDisplayValueAlignmentFactors(values);
}
