/** Annotations and exemplars on curves. The plugins that draw them live in Grafana itself; these are their likeness. */
import type { GrafanaTheme2 } from '@grafana/data';
import type { UPlotConfigBuilder } from '@grafana/ui';
import { useLayoutEffect } from 'react';
import type uPlot from 'uplot';
import type { Annotation, Exemplar } from './drawing.ts';

interface Props {
  readonly config: UPlotConfigBuilder;
  readonly annotations: readonly Annotation[];
  readonly exemplars: readonly Exemplar[];
  readonly theme: GrafanaTheme2;
}

/** Half of a diamond's width, in pixels. */
const diamond = 4;

export function Marks({ config, annotations, exemplars, theme }: Props): null {
  useLayoutEffect(() => {
    config.addHook('draw', (plot) => {
      const { ctx } = plot;
      ctx.save();
      for (const { at, color } of annotations) drawLine(plot, at, theme.visualization.getColorByName(color));
      for (const exemplar of exemplars)
        drawDiamond(plot, exemplar, theme.visualization.getColorByName('blue'));
      ctx.restore();
    });
  }, [config, annotations, exemplars, theme]);
  return null;
}

function drawLine(plot: uPlot, at: number, color: string): void {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(at, 'x', true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([5, 5]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x - 5, bbox.top + bbox.height + 6);
  ctx.lineTo(x + 5, bbox.top + bbox.height + 6);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.fill();
}

/** At its value, or at the edge of the axis where that lies beyond: as Grafana does. */
function drawDiamond(plot: uPlot, { at, value }: Exemplar, color: string): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(at, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  const scale = plot.series[1]?.scale ?? 'y';
  const { min = 0, max = 0 } = plot.scales[scale] ?? {};
  const y = plot.valToPos(Math.min(max, Math.max(min, value)), scale, true);
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.moveTo(x, y - diamond);
  ctx.lineTo(x + diamond, y);
  ctx.lineTo(x, y + diamond);
  ctx.lineTo(x - diamond, y);
  ctx.fill();
}
