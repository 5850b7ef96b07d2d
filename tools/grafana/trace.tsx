/** The spans of a trace as bars. Grafana's panel for traces lives in Grafana itself; this is a simple drawing in its place. */
import type { GrafanaTheme2 } from '@grafana/data';
import type { ReactNode } from 'react';
import type { Span } from './drawing.ts';

interface Props {
  readonly spans: readonly Span[];
  readonly theme: GrafanaTheme2;
  readonly width: number;
  readonly height: number;
}

const namesWidth = 320;

export function Trace({ spans, theme, width, height }: Props): ReactNode {
  const ordered = spans.toSorted(
    (one, other) => one.startTime - other.startTime || other.duration - one.duration,
  );
  const start = ordered[0]?.startTime ?? 0;
  const end = Math.max(...ordered.map(({ startTime, duration }) => startTime + duration));
  const scale = (width - namesWidth) / Math.max(1, end - start);
  const line = Math.min(28, height / ordered.length);
  const { visualization, typography } = theme;
  return (
    <div style={{ position: 'relative', width, height, overflow: 'hidden' }}>
      {ordered.map((span, index) => {
        const failed = span.tags.some(({ key, value }) => key === 'error' && value === true);
        const top = index * line;
        return (
          <div key={span.spanID} style={{ fontSize: typography.bodySmall.fontSize, lineHeight: `${line}px` }}>
            <span
              style={{
                position: 'absolute',
                top,
                left: 0,
                width: namesWidth - 12,
                paddingLeft: depthOf(span, spans) * 12,
                whiteSpace: 'nowrap',
                overflow: 'hidden',
                textOverflow: 'ellipsis',
              }}
            >
              {span.operationName}
            </span>
            <i
              style={{
                position: 'absolute',
                top: top + 3,
                left: namesWidth + (span.startTime - start) * scale,
                width: Math.max(2, span.duration * scale),
                height: line - 6,
                borderRadius: 2,
                background: visualization.getColorByName(failed ? 'red' : 'blue'),
              }}
            />
          </div>
        );
      })}
    </div>
  );
}

function depthOf({ references }: Span, trace: readonly Span[]): number {
  const parent = trace.find(({ spanID }) => spanID === references[0]?.spanID);
  return parent === undefined ? 0 : 1 + depthOf(parent, trace);
}
