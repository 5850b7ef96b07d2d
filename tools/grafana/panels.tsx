/** One panel in its frame, drawn by what Grafana draws it with. */
import { type DataFrame, dateTime, type GrafanaTheme2, makeTimeRange } from '@grafana/data';
import { PanelChrome, TimeSeries } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import type { ReactNode } from 'react';
import { BarChart, type BarChartOptions } from './bar-chart.tsx';
import type { DashboardPanel, Drawing } from './drawing.ts';
import { withDefaults } from './fields.ts';
import { Marks } from './marks.tsx';
import { type BarGaugeOptions, BarGauges, type StatOptions, Stats } from './numbers.tsx';
import { Trace } from './trace.tsx';

export interface Drawn {
  readonly panel: DashboardPanel;
  /** As `prepare` left them. */
  readonly frames: DataFrame[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Props extends Drawn, Size {
  readonly drawing: Drawing;
  readonly theme: GrafanaTheme2;
}

export function Panel(props: Props): ReactNode {
  const { panel, width, height } = props;
  return (
    <PanelChrome
      title={panel.title}
      description={panel.description}
      width={width}
      height={height}
      padding={panel.type === 'table' ? 'none' : 'md'}
    >
      {(innerWidth, innerHeight) => <Inside {...props} width={innerWidth} height={innerHeight} />}
    </PanelChrome>
  );
}

function Inside({ panel, frames, drawing, theme, width, height }: Props): ReactNode {
  const size = { width, height };
  const answers = drawing.answers[panel.id] ?? [];
  if (panel.type === 'traces') {
    const spans = answers.flatMap((answer) => (answer.kind === 'trace' ? answer.spans : []));
    return <Trace spans={spans} theme={theme} {...size} />;
  }
  if (frames.every(({ length }) => length === 0)) return <Nothing {...size} />;
  const fieldConfig = withDefaults(panel.type, panel.fieldConfig);
  switch (panel.type) {
    case 'timeseries': {
      const timeRange = makeTimeRange(dateTime(drawing.from), dateTime(drawing.to));
      const exemplars = answers.flatMap((answer) => (answer.kind === 'series' ? answer.exemplars : []));
      const { legend } = panel.options as { legend: Parameters<typeof TimeSeries>[0]['legend'] };
      return (
        <TimeSeries frames={frames} timeRange={timeRange} timeZone="utc" legend={legend} {...size}>
          {(config) => (
            <Marks config={config} annotations={drawing.annotations} exemplars={exemplars} theme={theme} />
          )}
        </TimeSeries>
      );
    }
    case 'stat':
      return (
        <Stats
          frames={frames}
          fieldConfig={fieldConfig}
          options={panel.options as unknown as StatOptions}
          theme={theme}
          {...size}
        />
      );
    case 'bargauge':
      return (
        <BarGauges
          frames={frames}
          fieldConfig={fieldConfig}
          options={panel.options as unknown as BarGaugeOptions}
          theme={theme}
          {...size}
        />
      );
    case 'barchart': {
      const [frame] = frames;
      return (
        frame && (
          <BarChart
            frame={frame}
            options={panel.options as unknown as BarChartOptions}
            theme={theme}
            {...size}
          />
        )
      );
    }
    case 'table': {
      const [frame] = frames;
      return (
        frame && (
          <TableNG
            data={frame}
            fieldConfig={fieldConfig}
            noValue="–"
            enableVirtualization={false}
            {...size}
          />
        )
      );
    }
    default:
      throw new Error(`Nothing here draws panels of the type ${panel.type}.`);
  }
}

function Nothing({ width, height }: Size): ReactNode {
  return <div style={{ width, height, display: 'grid', placeItems: 'center', fontSize: 18 }}>No data</div>;
}
